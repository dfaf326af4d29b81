// What the bundle holds: the command, and its inside for the build that warms V8's code cache.
export { runCli } from './run.ts';
export { start } from './start.ts';
