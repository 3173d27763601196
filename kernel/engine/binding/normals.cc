#include "normals.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace tfnodejs {
namespace {

constexpr size_t kLayers = 256;

template <typename T>
struct Array {
  T *data = nullptr;
  size_t length = 0;

  bool Read(napi_env env, napi_value value, napi_typedarray_type wanted) {
    napi_typedarray_type type = napi_int8_array;
    void *memory = nullptr;
    if (napi_get_typedarray_info(env, value, &type, &length, &memory, nullptr, nullptr) != napi_ok || type != wanted) return false;
    data = static_cast<T *>(memory);
    return true;
  }
};

bool Call(napi_env env, napi_value function) {
  napi_value undefined = nullptr, result = nullptr;
  return napi_get_undefined(env, &undefined) == napi_ok && napi_call_function(env, undefined, function, 0, nullptr, &result) == napi_ok;
}

// Random words, handed out from the end and wiped; `ok` turns false where no more can be had.
class Spare {
 public:
  Spare(napi_env env, Array<int32_t> words, napi_value fill) : env_(env), words_(words), fill_(fill) {}
  bool ok = true;

  void Empty() { left_ = 0; }

  uint32_t Next() {
    if (left_ == 0) {
      if (ok) ok = Call(env_, fill_);
      if (!ok) return 0x80000000u;
      left_ = words_.length;
    }
    left_ -= 1;
    const uint32_t word = static_cast<uint32_t>(words_.data[left_]);
    words_.data[left_] = 0;
    return word;
  }

  // In (0, 1), 52 bits, never 0 or 1.
  double Uniform() {
    const double high = Next() >> 6;
    return (high * 67108864.0 + (Next() >> 6) + 0.5) / 4503599627370496.0;
  }

 private:
  napi_env env_;
  Array<int32_t> words_;
  napi_value fill_;
  size_t left_ = 0;
};

struct Tables {
  Array<double> width, height;
  Array<int32_t> inner;
  double tail = 0;
};

double Density(double x) { return std::exp(-0.5 * x * x); }

// The few that are not surely under the curve.
double Exact(int32_t word, const Tables &tables, Spare *spare) {
  while (spare->ok) {
    const int layer = word & 255;
    const int32_t place = word >> 8;
    const double x = place * tables.width.data[layer];
    if (std::abs(place) < tables.inner.data[layer]) return x;
    if (layer == 0) {
      double beyond;
      do {
        beyond = -std::log(spare->Uniform()) / tables.tail;
      } while (-2 * std::log(spare->Uniform()) < beyond * beyond && spare->ok);
      return place < 0 ? -tables.tail - beyond : tables.tail + beyond;
    }
    const double low = tables.height.data[layer];
    if (low + spare->Uniform() * (tables.height.data[layer + 1] - low) < Density(std::abs(x))) return x;
    word = static_cast<int32_t>(spare->Next());
  }
  return 0;
}

}  // namespace

napi_value FillNormals(napi_env env, napi_callback_info info) {
  size_t argc = 10;
  napi_value args[10];
  Array<float> values;
  Array<int32_t> words, spare_words;
  Tables tables;
  double scale = 0;
  if (napi_get_cb_info(env, info, &argc, args, nullptr, nullptr) != napi_ok || argc < 10 || !values.Read(env, args[0], napi_float32_array) ||
      !words.Read(env, args[1], napi_int32_array) || !spare_words.Read(env, args[2], napi_int32_array) ||
      !tables.width.Read(env, args[3], napi_float64_array) || !tables.height.Read(env, args[4], napi_float64_array) ||
      !tables.inner.Read(env, args[5], napi_int32_array) || napi_get_value_double(env, args[6], &tables.tail) != napi_ok ||
      napi_get_value_double(env, args[7], &scale) != napi_ok || words.length == 0 || spare_words.length == 0 ||
      tables.width.length < kLayers || tables.height.length <= kLayers || tables.inner.length < kLayers) {
    napi_throw_error(env, nullptr, "expected fillNormals(values, words, spare, width, height, inner, tail, scale, fillWords, fillSpare)");
    return nullptr;
  }
  double scaled[kLayers];
  for (size_t layer = 0; layer < kLayers; ++layer) scaled[layer] = tables.width.data[layer] * scale;
  std::vector<uint32_t> open(words.length);
  Spare spare(env, spare_words, args[9]);
  for (size_t from = 0; from < values.length; from += words.length) {
    if (!Call(env, args[8])) return nullptr;
    const size_t count = std::min(words.length, values.length - from);
    size_t left = 0;
    for (size_t at = 0; at < count; ++at) {
      const int32_t word = words.data[at];
      const int layer = word & 255;
      const int32_t place = word >> 8;
      values.data[from + at] = static_cast<float>(place * scaled[layer]);
      open[left] = static_cast<uint32_t>(at);
      left += std::abs(place) >= tables.inner.data[layer];
    }
    spare.Empty();
    for (size_t one = 0; one < left && spare.ok; ++one) {
      values.data[from + open[one]] = static_cast<float>(Exact(words.data[open[one]], tables, &spare) * scale);
    }
    if (!spare.ok) return nullptr;
  }
  return nullptr;
}

}  // namespace tfnodejs
