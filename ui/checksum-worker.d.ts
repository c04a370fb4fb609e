declare module 'checksum-worker' {
  /** The name of the worker's file beside the scripts; put in by build.ts, made of checksum/checksum-worker.ts. */
  export const workerFile: string;
}
