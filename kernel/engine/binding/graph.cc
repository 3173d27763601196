#include "graph.h"

#include <cstring>
#include <memory>
#include <vector>

#include "tf_auto_status.h"
#include "utils.h"

namespace tfnodejs {
namespace {

// ConfigProto{graph_options{rewrite_options{min_graph_nodes: -1}}}: without a configuration a function called this way is not optimised.
const char kOptimize[] = "\x52\x0e\x52\x0c\x88\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01";

const char kOneThread[] = "SINGLE_THREADED_EXECUTOR";

using Bytes = std::pair<const unsigned char *, const unsigned char *>;

// What of an operation's definition decides how inputs are added: for each argument, whether it is a list and of what length.
struct Argument {
  bool list;
  std::string number_attr;
};

uint64_t Varint(Bytes *bytes) {
  uint64_t value = 0;
  for (int shift = 0; bytes->first < bytes->second && shift < 64; shift += 7) {
    const unsigned char byte = *bytes->first++;
    value |= static_cast<uint64_t>(byte & 127) << shift;
    if (byte < 128) break;
  }
  return value;
}

// The next field of a protobuf message; its content where it has a length.
bool NextField(Bytes *bytes, int *number, Bytes *content) {
  if (bytes->first >= bytes->second) return false;
  const uint64_t tag = Varint(bytes);
  *number = static_cast<int>(tag >> 3);
  *content = {nullptr, nullptr};
  switch (tag & 7) {
    case 0:
      Varint(bytes);
      return true;
    case 1:
      bytes->first += 8;
      return true;
    case 2: {
      const uint64_t length = Varint(bytes);
      if (length > static_cast<uint64_t>(bytes->second - bytes->first)) return false;
      *content = {bytes->first, bytes->first + length};
      bytes->first += length;
      return true;
    }
    case 5:
      bytes->first += 4;
      return true;
    default:
      return false;
  }
}

// Reads OpDef.input_arg (field 2); of each ArgDef number_attr (5) and type_list_attr (6).
std::vector<Argument> ReadArguments(TF_Graph *graph, const std::string &op, TF_Status *status) {
  std::vector<Argument> arguments;
  TF_Buffer *buffer = TF_NewBuffer();
  TF_GraphGetOpDef(graph, op.c_str(), buffer, status);
  if (TF_GetCode(status) == TF_OK) {
    const unsigned char *data = static_cast<const unsigned char *>(buffer->data);
    Bytes definition(data, data + buffer->length), argument, text;
    int number;
    while (NextField(&definition, &number, &argument)) {
      if (number != 2) continue;
      Argument found{false, ""};
      while (NextField(&argument, &number, &text)) {
        if (number == 5) found.number_attr.assign(reinterpret_cast<const char *>(text.first), text.second - text.first);
        if (number == 5 || number == 6) found.list = true;
      }
      arguments.push_back(found);
    }
  }
  TF_DeleteBuffer(buffer);
  return arguments;
}

// JavaScript values, read without repeating the status check at every line. `ok` turns false at the first value of a wrong kind.
class Reader {
 public:
  explicit Reader(napi_env env) : env_(env) {}
  bool ok = true;

  napi_value Get(napi_value object, const char *name) {
    napi_value value = nullptr;
    Check(napi_get_named_property(env_, object, name, &value));
    return value;
  }
  bool Has(napi_value object, const char *name) {
    bool has = false;
    Check(napi_has_named_property(env_, object, name, &has));
    return has;
  }
  napi_value At(napi_value array, uint32_t index) {
    napi_value value = nullptr;
    Check(napi_get_element(env_, array, index, &value));
    return value;
  }
  uint32_t Length(napi_value array) {
    uint32_t length = 0;
    Check(napi_get_array_length(env_, array, &length));
    return ok ? length : 0;
  }
  bool IsArray(napi_value value) {
    bool is = false;
    Check(napi_is_array(env_, value, &is));
    return is;
  }
  double Number(napi_value value) {
    double number = 0;
    Check(napi_get_value_double(env_, value, &number));
    return number;
  }
  bool Bool(napi_value value) {
    napi_value coerced = nullptr;
    bool result = false;
    Check(napi_coerce_to_bool(env_, value, &coerced));
    if (ok) Check(napi_get_value_bool(env_, coerced, &result));
    return result;
  }
  std::string Text(napi_value value) {
    size_t length = 0;
    Check(napi_get_value_string_utf8(env_, value, nullptr, 0, &length));
    if (!ok) return "";
    std::string text(length + 1, '\0');
    Check(napi_get_value_string_utf8(env_, value, &text[0], length + 1, &length));
    text.resize(length);
    return text;
  }
  template <typename T>
  std::vector<T> Numbers(napi_value array) {
    std::vector<T> numbers(Length(array));
    for (uint32_t i = 0; i < numbers.size() && ok; ++i) numbers[i] = static_cast<T>(Number(At(array, i)));
    return numbers;
  }
  // An Int32Array's memory.
  int32_t *Int32s(napi_value value, size_t *length) {
    napi_typedarray_type type = napi_int8_array;
    void *data = nullptr;
    Check(napi_get_typedarray_info(env_, value, &type, length, &data, nullptr, nullptr));
    if (type != napi_int32_array) ok = false;
    return static_cast<int32_t *>(data);
  }

 private:
  void Check(napi_status status) {
    if (status != napi_ok) ok = false;
  }
  napi_env env_;
};

void SetAttr(Reader *read, TF_OperationDescription *node, napi_value attr, TF_Status *status) {
  const std::string name = read->Text(read->Get(attr, "name"));
  const int type = static_cast<int>(read->Number(read->Get(attr, "type")));
  napi_value value = read->Get(attr, "value");
  if (!read->ok) return;
  const bool list = read->IsArray(value);
  switch (type) {
    case TF_ATTR_STRING: {
      const std::string text = read->Text(value);
      TF_SetAttrString(node, name.c_str(), text.data(), text.size());
      return;
    }
    case TF_ATTR_INT: {
      if (list) {
        const auto numbers = read->Numbers<int64_t>(value);
        TF_SetAttrIntList(node, name.c_str(), numbers.data(), static_cast<int>(numbers.size()));
      } else {
        TF_SetAttrInt(node, name.c_str(), static_cast<int64_t>(read->Number(value)));
      }
      return;
    }
    case TF_ATTR_FLOAT: {
      if (list) {
        const auto numbers = read->Numbers<float>(value);
        TF_SetAttrFloatList(node, name.c_str(), numbers.data(), static_cast<int>(numbers.size()));
      } else {
        TF_SetAttrFloat(node, name.c_str(), static_cast<float>(read->Number(value)));
      }
      return;
    }
    case TF_ATTR_BOOL: {
      if (list) {
        std::vector<unsigned char> flags(read->Length(value));
        for (uint32_t i = 0; i < flags.size(); ++i) flags[i] = read->Bool(read->At(value, i));
        TF_SetAttrBoolList(node, name.c_str(), flags.data(), static_cast<int>(flags.size()));
      } else {
        TF_SetAttrBool(node, name.c_str(), read->Bool(value));
      }
      return;
    }
    case TF_ATTR_TYPE: {
      if (list) {
        const auto types = read->Numbers<TF_DataType>(value);
        TF_SetAttrTypeList(node, name.c_str(), types.data(), static_cast<int>(types.size()));
      } else {
        TF_SetAttrType(node, name.c_str(), static_cast<TF_DataType>(static_cast<int>(read->Number(value))));
      }
      return;
    }
    case TF_ATTR_SHAPE: {
      const auto shape = read->Numbers<int64_t>(value);
      TF_SetAttrShape(node, name.c_str(), shape.data(), static_cast<int>(shape.size()));
      return;
    }
    default:
      TF_SetStatus(status, TF_INVALID_ARGUMENT, ("attribute " + name + " has an unknown type").c_str());
  }
}

// TF_NewOperation takes list arguments as lists, where eager execution takes all inputs in one row. A single list has what the others
// leave; of several lists each has the length that its number attribute says.
void AddInputs(Reader *read, TF_OperationDescription *node, const std::vector<Argument> &arguments, const std::vector<TF_Output> &inputs,
               napi_value attrs, TF_Status *status) {
  size_t lists = 0;
  for (const Argument &argument : arguments) lists += argument.list;
  size_t next = 0;
  for (const Argument &argument : arguments) {
    size_t length = 1;
    if (argument.list && lists == 1) {
      length = inputs.size() - (arguments.size() - 1);
    } else if (argument.list) {
      for (uint32_t i = 0; i < read->Length(attrs); ++i) {
        napi_value attr = read->At(attrs, i);
        if (read->Text(read->Get(attr, "name")) == argument.number_attr) length = static_cast<size_t>(read->Number(read->Get(attr, "value")));
      }
    }
    if (next + length > inputs.size()) return TF_SetStatus(status, TF_INVALID_ARGUMENT, "an operation has fewer inputs than it takes");
    if (argument.list) {
      TF_AddInputList(node, inputs.data() + next, static_cast<int>(length));
    } else {
      TF_AddInput(node, inputs[next]);
    }
    next += length;
  }
  if (next != inputs.size()) TF_SetStatus(status, TF_INVALID_ARGUMENT, "an operation has more inputs than it takes");
}

struct GraphDeleter {
  void operator()(TF_Graph *graph) const { TF_DeleteGraph(graph); }
};
struct FunctionDeleter {
  void operator()(TF_Function *function) const { TF_DeleteFunction(function); }
};
struct OpDeleter {
  void operator()(TFE_Op *op) const { TFE_DeleteOp(op); }
};

bool Fail(napi_env env, const char *what, TF_Status *status) {
  if (TF_GetCode(status) == TF_OK) return false;
  NAPI_THROW_ERROR(env, "%s: %s", what, TF_Message(status));
  return true;
}

}  // namespace

TFE_TensorHandle *GraphFunctions::Find(TFJSBackend *backend, int32_t id) {
  const auto found = backend->tfe_handle_map_.find(id);
  return found == backend->tfe_handle_map_.end() ? nullptr : found->second;
}

napi_value GraphFunctions::Create(napi_env env, napi_callback_info info) {
  size_t argc = 4;
  napi_value args[4];
  TFJSBackend *backend = nullptr;
  if (napi_get_cb_info(env, info, &argc, args, nullptr, nullptr) != napi_ok || argc < 4 ||
      napi_get_instance_data(env, reinterpret_cast<void **>(&backend)) != napi_ok || backend == nullptr) {
    NAPI_THROW_ERROR(env, "expected createFunction(name, inputs, nodes, outputs)");
    return nullptr;
  }
  Reader read(env);
  TF_AutoStatus status;
  const std::string name = read.Text(args[0]);
  std::unique_ptr<TF_Graph, GraphDeleter> graph(TF_NewGraph());

  std::vector<TF_Output> inputs(read.Length(args[1]));
  for (uint32_t i = 0; i < inputs.size(); ++i) {
    napi_value input = read.At(args[1], i);
    TF_OperationDescription *node = TF_NewOperation(graph.get(), "Placeholder", ("input" + std::to_string(i)).c_str());
    const auto shape = read.Numbers<int64_t>(read.Get(input, "shape"));
    TF_SetAttrType(node, "dtype", static_cast<TF_DataType>(static_cast<int>(read.Number(read.Get(input, "dtype")))));
    TF_SetAttrShape(node, "shape", shape.data(), static_cast<int>(shape.size()));
    inputs[i] = {TF_FinishOperation(node, status.status), 0};
    if (Fail(env, "input", status.status)) return nullptr;
  }

  std::vector<TF_Operation *> nodes(read.Length(args[2]));
  const auto source = [&](napi_value pairs, uint32_t at) -> TF_Output {
    const int from = static_cast<int>(read.Number(read.At(pairs, 2 * at)));
    const int output = static_cast<int>(read.Number(read.At(pairs, 2 * at + 1)));
    if (from < 0 && static_cast<size_t>(-1 - from) < inputs.size()) return inputs[-1 - from];
    if (from >= 0 && static_cast<size_t>(from) < nodes.size() && nodes[from] != nullptr) return {nodes[from], output};
    read.ok = false;
    return {nullptr, 0};
  };
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    napi_value entry = read.At(args[2], i);
    const std::string node_name = "n" + std::to_string(i);
    if (read.Has(entry, "constant")) {
      TFE_TensorHandle *handle = Find(backend, static_cast<int32_t>(read.Number(read.Get(entry, "constant"))));
      if (handle == nullptr) {
        NAPI_THROW_ERROR(env, "a constant of the step is gone");
        return nullptr;
      }
      TF_Tensor *tensor = TFE_TensorHandleResolve(handle, status.status);
      if (Fail(env, "constant", status.status)) return nullptr;
      TF_OperationDescription *node = TF_NewOperation(graph.get(), "Const", node_name.c_str());
      TF_SetAttrTensor(node, "value", tensor, status.status);
      TF_SetAttrType(node, "dtype", TF_TensorType(tensor));
      TF_DeleteTensor(tensor);
      nodes[i] = TF_FinishOperation(node, status.status);
      if (Fail(env, "constant", status.status)) return nullptr;
      continue;
    }
    const std::string op = read.Text(read.Get(entry, "op"));
    const std::vector<Argument> arguments = ReadArguments(graph.get(), op, status.status);
    if (Fail(env, op.c_str(), status.status)) return nullptr;
    TF_OperationDescription *node = TF_NewOperation(graph.get(), op.c_str(), node_name.c_str());
    napi_value attrs = read.Get(entry, "attrs");
    napi_value pairs = read.Get(entry, "inputs");
    std::vector<TF_Output> sources(read.Length(pairs) / 2);
    for (uint32_t j = 0; j < sources.size(); ++j) sources[j] = source(pairs, j);
    if (read.ok) AddInputs(&read, node, arguments, sources, attrs, status.status);
    for (uint32_t j = 0; j < read.Length(attrs); ++j) SetAttr(&read, node, read.At(attrs, j), status.status);
    const std::string complaint = TF_GetCode(status.status) == TF_OK ? "" : TF_Message(status.status);
    nodes[i] = TF_FinishOperation(node, status.status);  // Also where it failed: it owns the description.
    if (!complaint.empty()) TF_SetStatus(status.status, TF_INVALID_ARGUMENT, complaint.c_str());
    if (Fail(env, op.c_str(), status.status)) return nullptr;
  }

  std::vector<TF_Output> outputs(read.Length(args[3]) / 2);
  for (uint32_t i = 0; i < outputs.size(); ++i) outputs[i] = source(args[3], i);
  if (!read.ok) {
    NAPI_THROW_ERROR(env, "the description of the function is malformed");
    return nullptr;
  }
  // Results are given out under the shapes that were recorded: a shape that only the values decide would be wrong at the next call.
  for (const TF_Output &output : outputs) {
    const int rank = TF_GraphGetTensorNumDims(graph.get(), output, status.status);
    std::vector<int64_t> shape(rank > 0 ? rank : 0);
    if (rank > 0) TF_GraphGetTensorShape(graph.get(), output, shape.data(), rank, status.status);
    if (Fail(env, "shape", status.status)) return nullptr;
    bool known = rank >= 0;
    for (const int64_t size : shape) known = known && size >= 0;
    if (!known) {
      NAPI_THROW_ERROR(env, "the shape of a result depends on values (after %s); compute that outside", TF_OperationOpType(output.oper));
      return nullptr;
    }
  }
  std::unique_ptr<TF_Function, FunctionDeleter> function(
      TF_GraphToFunction(graph.get(), name.c_str(), 0, -1, nullptr, static_cast<int>(inputs.size()), inputs.data(),
                         static_cast<int>(outputs.size()), outputs.data(), nullptr, nullptr, nullptr, status.status));
  if (Fail(env, "function", status.status)) return nullptr;
  TFE_ContextAddFunction(backend->tfe_context_, function.get(), status.status);
  Fail(env, "function", status.status);
  return nullptr;
}

napi_value GraphFunctions::Run(napi_env env, napi_callback_info info) {
  size_t argc = 6;
  napi_value args[6];
  TFJSBackend *backend = nullptr;
  if (napi_get_cb_info(env, info, &argc, args, nullptr, nullptr) != napi_ok || argc < 5 ||
      napi_get_instance_data(env, reinterpret_cast<void **>(&backend)) != napi_ok || backend == nullptr) {
    NAPI_THROW_ERROR(env, "expected runFunction(name, inputs, outputs, updates, way)");
    return nullptr;
  }
  Reader read(env);
  const std::string name = read.Text(args[0]);
  size_t input_count = 0, output_count = 0, update_count = 0;
  const int32_t *inputs = read.Int32s(args[1], &input_count);
  int32_t *outputs = read.Int32s(args[2], &output_count);
  const int32_t *updates = read.Int32s(args[3], &update_count);
  const int way = static_cast<int>(read.Number(args[4]));
  if (!read.ok || output_count != update_count) {
    NAPI_THROW_ERROR(env, "expected Int32Arrays of inputs, outputs and as many updates");
    return nullptr;
  }

  TF_AutoStatus status;
  std::unique_ptr<TFE_Op, OpDeleter> op(TFE_NewOp(backend->tfe_context_, name.c_str(), status.status));
  if (Fail(env, "function", status.status)) return nullptr;
  TFE_OpSetDevice(op.get(), backend->device_name.c_str(), status.status);
  for (size_t i = 0; i < input_count; ++i) {
    TFE_TensorHandle *handle = Find(backend, inputs[i]);
    if (handle == nullptr) {
      NAPI_THROW_ERROR(env, "Input Tensor ID not referenced (tensor_id: %d)", inputs[i]);
      return nullptr;
    }
    TFE_OpAddInput(op.get(), handle, status.status);
    if (Fail(env, "input", status.status)) return nullptr;
  }
  if (way == 1) TFE_OpSetAttrBool(op.get(), "_XlaMustCompile", 1);
  if (way == 2) TFE_OpSetAttrString(op.get(), "executor_type", kOneThread, sizeof(kOneThread) - 1);
  TFE_OpSetAttrString(op.get(), "config_proto", kOptimize, sizeof(kOptimize) - 1);

  std::vector<TFE_TensorHandle *> handles(output_count, nullptr);
  int count = static_cast<int>(output_count);
  TFE_Execute(op.get(), handles.data(), &count, status.status);
  if (Fail(env, "run", status.status)) return nullptr;
  for (size_t i = 0; i < output_count; ++i) {
    const auto replaced = updates[i] < 0 ? backend->tfe_handle_map_.end() : backend->tfe_handle_map_.find(updates[i]);
    if (replaced == backend->tfe_handle_map_.end()) {
      outputs[i] = backend->InsertHandle(handles[i]);
    } else {
      TFE_DeleteTensorHandle(replaced->second);
      replaced->second = handles[i];
      outputs[i] = updates[i];
    }
  }
  return nullptr;
}

napi_value GraphFunctions::Remove(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value args[1];
  TFJSBackend *backend = nullptr;
  if (napi_get_cb_info(env, info, &argc, args, nullptr, nullptr) != napi_ok || argc < 1 ||
      napi_get_instance_data(env, reinterpret_cast<void **>(&backend)) != napi_ok || backend == nullptr) {
    NAPI_THROW_ERROR(env, "expected removeFunction(name)");
    return nullptr;
  }
  Reader read(env);
  TF_AutoStatus status;
  TFE_ContextRemoveFunction(backend->tfe_context_, read.Text(args[0]).c_str(), status.status);
  Fail(env, "function", status.status);
  return nullptr;
}

napi_value GraphFunctions::StartProfile(napi_env env, napi_callback_info info) {
  TFJSBackend *backend = nullptr;
  if (napi_get_instance_data(env, reinterpret_cast<void **>(&backend)) == napi_ok && backend != nullptr) {
    TFE_ContextEnableRunMetadata(backend->tfe_context_);
  }
  return nullptr;
}

napi_value GraphFunctions::TakeProfile(napi_env env, napi_callback_info info) {
  TFJSBackend *backend = nullptr;
  if (napi_get_instance_data(env, reinterpret_cast<void **>(&backend)) != napi_ok || backend == nullptr) return nullptr;
  TF_AutoStatus status;
  TF_Buffer *buffer = TF_NewBuffer();
  TFE_ContextExportRunMetadata(backend->tfe_context_, buffer, status.status);
  TFE_ContextDisableRunMetadata(backend->tfe_context_);
  napi_value result = nullptr;
  if (!Fail(env, "profile", status.status)) {
    void *data = nullptr;
    if (napi_create_arraybuffer(env, buffer->length, &data, &result) == napi_ok) memcpy(data, buffer->data, buffer->length);
  }
  TF_DeleteBuffer(buffer);
  return result;
}

}  // namespace tfnodejs
