// Normal numbers from random words, for the noise of private training. kernel/helpers/privacy/random/ziggurat.ts is the same in TypeScript.

#ifndef LYCEUM_NORMALS_H_
#define LYCEUM_NORMALS_H_

#include <node_api.h>

namespace tfnodejs {

// fillNormals(values: Float32Array, words: Int32Array, spare: Int32Array, width: Float64Array, height: Float64Array, inner: Int32Array,
//             tail: number, scale: number, fillWords: () => void, fillSpare: () => void)
// The Ziggurat of 256 layers. Both callbacks write new random words over the array of their name; an error of theirs ends the call.
napi_value FillNormals(napi_env env, napi_callback_info info);

}  // namespace tfnodejs

#endif  // LYCEUM_NORMALS_H_
