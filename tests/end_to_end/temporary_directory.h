// A directory of its own for one test, removed with everything in it; in memory where the system offers that, since these tests
// commit some ten thousand times.
#pragma once

#include <moisson/core/uuid.h>

#include <filesystem>

namespace moisson::test {

class TemporaryDirectory {
 public:
  TemporaryDirectory() : path_(place() / ("moisson-test-" + random_uuid().substr(0, 8))) {
    std::filesystem::create_directories(path_);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  static std::filesystem::path place() {
    const std::filesystem::path memory = "/dev/shm";
    return std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
  }
  std::filesystem::path path_;
};

}  // namespace moisson::test
