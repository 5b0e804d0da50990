declare module '*.s?raw' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: this is how the bundler offers a file as text
  export default text;
}
declare module '*.json?raw' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: this is how the bundler offers a file as text
  export default text;
}
