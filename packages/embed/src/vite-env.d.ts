declare module "*.css?inline" {
  const text: string;
  // oxlint-disable-next-line import/no-default-export -- Vite gives it as one
  export default text;
}
