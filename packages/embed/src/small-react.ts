// What the kit and its list ask of React, over Preact: a third of preact/compat, which stands in for all of it.
import {
  Component,
  type ComponentChild,
  type ComponentType,
  createContext,
  createElement,
  Fragment,
  type FunctionComponent,
  options,
  type Ref,
  type VNode,
} from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";

export * from "preact/hooks";
export { Component, createContext, createElement, Fragment };

type Props = Record<string, unknown>;

/** Attributes of SVG that React writes in camel case: those of the kit's icons. */
const inSvg = /^stroke[A-Z]/;
const events: Readonly<Record<string, string>> = {
  onfocus: "onfocusin",
  onblur: "onfocusout",
};

options.vnode = (vnode: VNode) => {
  const props = vnode.props as Props;
  if (typeof vnode.type === "string") {
    vnode.props = asPreactTakes(vnode.type, props) as typeof vnode.props;
  } else if (typeof vnode.type === "function" && "ref" in props && vnode.type.prototype?.render) {
    const { ref, ...rest } = props;
    vnode.ref = ref as Ref<unknown>;
    vnode.props = rest as typeof vnode.props;
  }
};

options.event = (event) => Object.assign(event, { nativeEvent: event });

function asPreactTakes(type: string, props: Props): Props {
  const taken: Props = {};
  for (const [name, value] of Object.entries(props)) {
    if (name === "className") {
      if (value) taken.class = value;
    } else if (name === "style") taken.style = withUnits(value);
    else taken[nameOf(name, type, props)] = value;
  }
  return taken;
}

function nameOf(name: string, type: string, props: Props): string {
  if (!name.startsWith("on")) {
    return inSvg.test(name) ? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) : name;
  }
  const lower = name.toLowerCase();
  const typed = type === "textarea" || (type === "input" && !/fil|che|rad/.test(props.type as string));
  return lower === "onchange" && typed ? "oninput" : (events[lower] ?? name);
}

/** Of numbers, the kit and its list write sizes and places alone. */
function withUnits(style: unknown): unknown {
  return Object.fromEntries(
    Object.entries(style ?? {}).map(([name, value]) => [
      name,
      typeof value === "number" && name !== "zIndex" ? `${value}px` : value,
    ]),
  );
}

/** Renders again only when a property is another one than before. */
export function memo<P extends object>(component: ComponentType<P>): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      return differ(this.props, next);
    }
    render(): ComponentChild {
      return createElement(component, this.props as P);
    }
  };
}

const differ = (a: Readonly<Props>, b: Readonly<Props>): boolean =>
  Object.keys(a).length !== Object.keys(b).length || Object.keys(a).some((name) => a[name] !== b[name]);

/** In Preact a component finds its ref among its properties. */
export function forwardRef<P extends object>(
  draw: (props: P, ref: unknown) => ComponentChild,
): FunctionComponent<P & { readonly ref?: unknown }> {
  return ({ ref, ...props }) => draw(props as unknown as P, ref ?? null);
}

export function useSyncExternalStore<Value>(subscribe: (changed: () => void) => () => void, read: () => Value): Value {
  const value = read();
  const [{ held }, renew] = useState(() => ({ held: { value, read } }));
  useLayoutEffect(() => {
    Object.assign(held, { value, read });
    if (hasChanged(held)) renew({ held });
  }, [held, subscribe, value, read]);
  useEffect(() => {
    const look = (): void => {
      if (hasChanged(held)) renew({ held });
    };
    look();
    return subscribe(look);
  }, [held, subscribe]);
  return value;
}

function hasChanged({ value, read }: { value: unknown; read: () => unknown }): boolean {
  try {
    return !Object.is(value, read());
  } catch {
    return true;
  }
}

/** There is but one urgency in Preact. */
export function useDeferredValue<Value>(value: Value): Value {
  return value;
}
