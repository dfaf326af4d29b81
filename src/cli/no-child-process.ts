// Stands in for node:child_process in the bundle: kp2pcm starts no other programs.
export {};
