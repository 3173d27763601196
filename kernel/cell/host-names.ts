/** Global names that the language, Node or a web worker provide and that code outside the cells relies on. */
export const hostNames: ReadonlySet<string> = new Set((
  "AbortController AbortSignal AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array " +
  "BigUint64Array Blob Boolean BroadcastChannel Buffer ByteLengthQueuingStrategy CloseEvent CompressionStream " +
  "CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException DataView Date DecompressionStream DisposableStack Error " +
  "ErrorEvent EvalError Event EventSource EventTarget File FileList FileReader FinalizationRegistry Float16Array " +
  "Float32Array Float64Array FormData Function Headers ImageBitmap ImageData Int16Array Int32Array Int8Array Intl " +
  "Iterator JSON Map Math MessageChannel MessageEvent MessagePort Navigator Number Object OffscreenCanvas Performance " +
  "PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver PerformanceObserverEntryList " +
  "PerformanceResourceTiming Promise Proxy RangeError ReadableByteStreamController ReadableStream " +
  "ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader " +
  "ReferenceError Reflect RegExp Request Response Set SharedArrayBuffer SharedWorker Storage String SubtleCrypto " +
  "SuppressedError Symbol SyntaxError Temporal TextDecoder TextDecoderStream TextEncoder TextEncoderStream " +
  "TransformStream TransformStreamDefaultController TypeError URIError URL URLPattern URLSearchParams Uint16Array " +
  "Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly WebSocket Worker WorkerGlobalScope " +
  "WritableStream WritableStreamDefaultController WritableStreamDefaultWriter XMLHttpRequest addEventListener atob btoa " +
  "caches cancelAnimationFrame clearImmediate clearInterval clearTimeout console createImageBitmap crypto decodeURI " +
  "decodeURIComponent dispatchEvent encodeURI encodeURIComponent escape eval fetch global globalThis importScripts " +
  "indexedDB isFinite isNaN isSecureContext localStorage location navigator onerror onmessage parseFloat parseInt " +
  "performance postMessage process queueMicrotask removeEventListener reportError requestAnimationFrame require self " +
  "sessionStorage setImmediate setInterval setTimeout structuredClone unescape"
).split(" "));
