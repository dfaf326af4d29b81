/** The version in package.json; a test holds the two together. Written here so that no stage reads a file for it. */
export const version = '0.1.0';
