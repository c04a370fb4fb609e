declare module 'world-map' {
  /** The name of the map's file beside the scripts; put in by build.ts, made by map-file.ts. */
  export const worldFile: string;
}
