// Stands in for node:child_process in the bundle, for commander: only verify starts other programs, and loads them itself.
export {};
