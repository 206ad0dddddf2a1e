/// <reference path="../../node_modules/node-pty/node-pty.d.ts" />

// The dependency "node-pty" is an alias of @lydell/node-pty, which ships prebuilt binaries.
declare module 'node-pty' {
  export * from '@lydell/node-pty';
}
