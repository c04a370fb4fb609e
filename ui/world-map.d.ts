/** The name of the map's file beside the scripts; put in by build.ts, made by map-file.ts. */
declare module 'world-map' {
  const name: string;
  // biome-ignore lint/style/noDefaultExport: the form in which the bundler gives names of files.
  export default name;
}
