/**
 * How values cross between the student's side and the trusted side: JSON text in a closed vocabulary, bounded on both sides.
 * `encode` may run next to hostile code, so `decode` believes nothing: it reads data only, and never calls what it reads.
 */
export { encode } from "./codec/encode.js";
export { decode } from "./codec/decode.js";
export { CodecError, isFunctionMark, functionMark, type CodecProblem, type CodecLimits, type FunctionMark } from "./codec/vocabulary.js";
