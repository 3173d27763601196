/** One edit of an upstream source. It must match exactly once, or the build stops. */
export interface Patch {
  file: string;
  /** Why the text is changed. */
  reason: string;
  find: string;
  /** Where given, everything from `find` up to the end of the next `through` is replaced. */
  through?: string;
  replace: string;
}

const backend = "tfjs_backend.cc";

/** What Lyceum mends in tfjs-node's binding. Our own additions hook in here too. */
export const patches: Patch[] = [
  {
    file: backend,
    reason: "attribute names are kept in one set for all threads of the process: guard it",
    find: "static std::set<std::string> ATTR_NAME_SET;",
    replace: `static std::set<std::string> ATTR_NAME_SET;
static std::mutex ATTR_NAME_MUTEX;
static const char *KeepAttrName(const std::string &name) {
  std::lock_guard<std::mutex> guard(ATTR_NAME_MUTEX);
  return ATTR_NAME_SET.insert(name).first->c_str();
}`,
  },
  { file: backend, reason: "the mutex's header", find: "#include <memory>", replace: "#include <memory>\n#include <mutex>" },
  {
    file: backend,
    reason: "the guarded set is used",
    find: "ATTR_NAME_SET.insert(attr_name_string.c_str()).first->c_str();",
    replace: "KeepAttrName(attr_name_string);",
  },
  {
    file: backend,
    reason: "TensorFlow may free a tensor on another thread, where a napi_ref must not be deleted: copy the values instead of sharing them",
    find: "  NapiAutoRef *auto_ref = new NapiAutoRef();",
    through: "  ENSURE_NAPI_OK_RETVAL(env, nstatus, nullptr);\n",
    replace: "",
  },
  {
    file: backend,
    reason: "as above: the copy",
    find: "  TF_AutoTensor tensor(TF_NewTensor(dtype, shape, shape_length, array_data,",
    through: "DeallocTensor, auto_ref));",
    replace: `  TF_AutoTensor tensor(TF_AllocateTensor(dtype, shape, shape_length, byte_size));
  if (byte_size > 0) memcpy(TF_TensorData(tensor.tensor), array_data, byte_size);`,
  },
  {
    file: backend,
    reason: "as above: nothing shared is left to delete",
    find: "    delete auto_ref;\n    TFE_DeleteTensorHandle(tfe_tensor_handle);",
    replace: "",
  },
  {
    file: backend,
    reason: "as above: the callback that freed the shared values is gone",
    find: "static void DeallocTensor(void *data, size_t len, void *arg) {",
    through: "  delete auto_ref;\n}\n",
    replace: "",
  },
  {
    file: "tfjs_backend.h",
    reason: "graph functions live in its context and take its tensors",
    find: " private:\n  TFJSBackend(napi_env env);",
    replace: " private:\n  friend class GraphFunctions;\n  TFJSBackend(napi_env env);",
  },
  { file: "tfjs_binding.cc", reason: "graph functions are exported", find: '#include "utils.h"', replace: '#include "graph.h"\n#include "normals.h"\n#include "utils.h"' },
  {
    file: "tfjs_binding.cc",
    reason: "as above",
    find: '      {"isUsingGpuDevice", nullptr,',
    replace: `      {"createFunction", nullptr, GraphFunctions::Create, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"runFunction", nullptr, GraphFunctions::Run, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"startProfile", nullptr, GraphFunctions::StartProfile, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"takeProfile", nullptr, GraphFunctions::TakeProfile, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"fillNormals", nullptr, FillNormals, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"removeFunction", nullptr, GraphFunctions::Remove, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"isUsingGpuDevice", nullptr,`,
  },
];
