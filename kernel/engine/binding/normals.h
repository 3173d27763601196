// Normal numbers from random words, for the noise of private training. kernel/helpers/privacy/random/ziggurat.ts is the same in TypeScript.

#ifndef LYCEUM_NORMALS_H_
#define LYCEUM_NORMALS_H_

#include <node_api.h>

namespace tfnodejs {

// fillNormals(values: Float32Array, spare: Int32Array, parts: number, width: Float64Array, height: Float64Array, inner: Int32Array,
//             tail: number, scale: number, refill: (part: number) => void)
// The Ziggurat of 256 layers. On entry the bytes of `values` are random words, each of which becomes a number; `spare` holds further words,
// an equal share for each part. `refill` writes new ones over a part's share; an error of its own ends the call. Parts run on several threads;
// the numbers do not depend on how many.
napi_value FillNormals(napi_env env, napi_callback_info info);

}  // namespace tfnodejs

#endif  // LYCEUM_NORMALS_H_
