import type { ComponentType } from "react";

/** A part of the kit that a first view can do without: files of their own, fetched when somebody is about to need them. */
export interface Part<Props> {
  /** The component, once it is here; null before. */
  get(): ComponentType<Props> | null;
  /** Fetches it, once for everybody; after a failure the next call tries again. */
  load(): Promise<void>;
  /** Calls back when it has come. Returns how to stop. */
  subscribe(listener: () => void): () => void;
}

export function createPart<Props>(fetchComponent: () => Promise<ComponentType<Props>>): Part<Props> {
  const listeners = new Set<() => void>();
  let component: ComponentType<Props> | null = null;
  let loading: Promise<void> | null = null;
  const fetchAll = async () => {
    component = await fetchComponent();
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => component,
    load: () => {
      loading ??= fetchAll().catch((error: unknown) => {
        loading = null;
        throw error;
      });
      return loading;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
