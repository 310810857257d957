declare module "*.vue" {
  import type { DefineComponent } from "vue";
  const component: DefineComponent<Record<string, unknown>>;
  // oxlint-disable-next-line import/no-default-export -- a single file component is one
  export default component;
}
