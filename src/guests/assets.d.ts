declare module '*.s?raw' {
  const text: string;
  export default text;
}
