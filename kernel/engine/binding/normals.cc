#include "normals.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <system_error>
#include <thread>
#include <vector>

namespace tfnodejs {
namespace {

constexpr size_t kLayers = 256;
// Words a block: what needs a second look stays in the cache.
constexpr size_t kBlock = 4096;
// Fewer numbers are drawn before a thread has started.
constexpr size_t kWorthThreads = 65536;

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

// Random words, handed out from the end. Only the caller's thread may ask for more; on another `ok` turns false.
struct Spare {
  int32_t *words = nullptr;
  size_t size = 0, left = 0;
  uint32_t part = 0;
  napi_env env = nullptr;
  napi_value refill = nullptr;
  bool ok = true;

  uint32_t Next() {
    if (left == 0) {
      if (ok) ok = Refill();
      if (!ok) return 0x80000000u;
      left = size;
    }
    return static_cast<uint32_t>(words[--left]);
  }

  // In (0, 1), 52 bits, never 0 or 1.
  double Uniform() {
    const double high = Next() >> 6;
    return (high * 67108864.0 + (Next() >> 6) + 0.5) / 4503599627370496.0;
  }

 private:
  bool Refill() {
    napi_value undefined = nullptr, number = nullptr, result = nullptr;
    return refill != nullptr && napi_get_undefined(env, &undefined) == napi_ok && napi_create_uint32(env, part, &number) == napi_ok &&
           napi_call_function(env, undefined, refill, 1, &number, &result) == napi_ok;
  }
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

// A share of the numbers. It can be left where its spare words end, and gone on with.
class Part {
 public:
  Spare spare;

  Part(float *values, size_t from, size_t to) : values_(values), at_(from), to_(to), places_(kBlock), words_(kBlock) {}

  // False: out of spare words (`spare.ok` is false then).
  bool Run(const Tables &tables, const double *scaled, double scale) {
    for (;;) {
      for (; done_ < open_; ++done_) {
        const size_t before = spare.left;
        const double value = Exact(words_[done_], tables, &spare);
        if (!spare.ok) {
          // To be drawn again from the same words.
          spare.left = before;
          return false;
        }
        values_[places_[done_]] = static_cast<float>(value * scale);
      }
      if (at_ == to_) return true;
      First(tables, scaled);
    }
  }

 private:
  // What lies surely under the curve, and where the others are.
  void First(const Tables &tables, const double *scaled) {
    const size_t end = std::min(to_, at_ + kBlock);
    size_t open = 0;
    for (size_t at = at_; at < end; ++at) {
      int32_t word;
      std::memcpy(&word, values_ + at, sizeof word);
      const int layer = word & 255;
      const int32_t place = word >> 8;
      values_[at] = static_cast<float>(place * scaled[layer]);
      places_[open] = at;
      words_[open] = word;
      open += std::abs(place) >= tables.inner.data[layer];
    }
    at_ = end;
    open_ = open;
    done_ = 0;
  }

  float *values_;
  size_t at_, to_, open_ = 0, done_ = 0;
  std::vector<size_t> places_;
  std::vector<int32_t> words_;
};

}  // namespace

napi_value FillNormals(napi_env env, napi_callback_info info) {
  size_t argc = 9;
  napi_value args[9];
  Array<float> values;
  Array<int32_t> spare;
  Tables tables;
  uint32_t count = 0;
  double scale = 0;
  if (napi_get_cb_info(env, info, &argc, args, nullptr, nullptr) != napi_ok || argc < 9 || !values.Read(env, args[0], napi_float32_array) ||
      !spare.Read(env, args[1], napi_int32_array) || napi_get_value_uint32(env, args[2], &count) != napi_ok ||
      !tables.width.Read(env, args[3], napi_float64_array) || !tables.height.Read(env, args[4], napi_float64_array) ||
      !tables.inner.Read(env, args[5], napi_int32_array) || napi_get_value_double(env, args[6], &tables.tail) != napi_ok ||
      napi_get_value_double(env, args[7], &scale) != napi_ok || count == 0 || spare.length < count || spare.length % count != 0 ||
      tables.width.length < kLayers || tables.height.length <= kLayers || tables.inner.length < kLayers) {
    napi_throw_error(env, nullptr, "expected fillNormals(values, spare, parts, width, height, inner, tail, scale, refill)");
    return nullptr;
  }
  double scaled[kLayers];
  for (size_t layer = 0; layer < kLayers; ++layer) scaled[layer] = tables.width.data[layer] * scale;
  const size_t share = (values.length + count - 1) / count;
  std::vector<Part> parts;
  parts.reserve(count);
  for (uint32_t part = 0; part < count; ++part) {
    parts.emplace_back(values.data, std::min(values.length, part * share), std::min(values.length, (part + 1) * share));
    parts[part].spare.words = spare.data + part * (spare.length / count);
    parts[part].spare.size = parts[part].spare.left = spare.length / count;
    parts[part].spare.part = part;
  }

  std::atomic<uint32_t> next{0};
  const auto work = [&] {
    for (uint32_t part; (part = next++) < count;) parts[part].Run(tables, scaled, scale);
  };
  std::vector<std::thread> helpers;
  if (values.length >= kWorthThreads) {
    try {
      for (uint32_t other = 1; other < std::min(count, std::thread::hardware_concurrency()); ++other) helpers.emplace_back(work);
    } catch (const std::system_error &) {
      // No more threads to be had: this one does it all.
    }
  }
  work();
  for (std::thread &helper : helpers) helper.join();

  for (Part &part : parts) {
    part.spare.ok = true;
    part.spare.env = env;
    part.spare.refill = args[8];
    if (!part.Run(tables, scaled, scale)) return nullptr;
  }
  return nullptr;
}

}  // namespace tfnodejs
