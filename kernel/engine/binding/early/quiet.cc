// A tiny addon that loads libtensorflow_framework ahead of the binding. The library writes two notes to stderr while it is
// being loaded, whatever TF_CPP_MIN_LOG_LEVEL says. They are taken out here; anything else that was written meanwhile is kept.

#include <cstdlib>
#include <string>

#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

#include <node_api.h>

static bool IsNote(const std::string &line) {
  return line.find("before absl::InitializeLog()") != std::string::npos ||
         line.find("oneDNN custom operations are on") != std::string::npos;
}

static void WriteAll(const std::string &text) {
  for (size_t done = 0; done < text.size();) {
    const ssize_t count = write(STDERR_FILENO, text.data() + done, text.size() - done);
    if (count <= 0) return;
    done += count;
  }
}

// Prints what was written to the file, without the notes.
static void Replay(FILE *file) {
  rewind(file);
  std::string line;
  for (int c = fgetc(file); c != EOF; c = fgetc(file)) {
    line.push_back(static_cast<char>(c));
    if (c != '\n') continue;
    if (!IsNote(line)) WriteAll(line);
    line.clear();
  }
  WriteAll(line);
}

static napi_value Init(napi_env env, napi_value exports) {
  const char *library = LYCEUM_TENSORFLOW_DIRECTORY "/libtensorflow_framework.so.2";
  const char *level = std::getenv("TF_CPP_MIN_LOG_LEVEL");
  const bool quiet = level != nullptr && std::atoi(level) >= 2;
  FILE *file = quiet ? tmpfile() : nullptr;
  const int saved = file != nullptr ? dup(STDERR_FILENO) : -1;
  if (saved >= 0) dup2(fileno(file), STDERR_FILENO);
  dlopen(library, RTLD_LAZY | RTLD_LOCAL);  // The binding reports it where this fails.
  if (saved >= 0) {
    dup2(saved, STDERR_FILENO);
    close(saved);
    Replay(file);
  }
  if (file != nullptr) fclose(file);
  return exports;
}

NAPI_MODULE(lyceum_early, Init)
