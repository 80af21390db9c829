// DataLock: one process owns a data directory. Held from construction to destruction; released by the kernel if we die.
#pragma once

#include <moisson/core/result.h>

#include <filesystem>

namespace moisson::app {

class DataLock {
 public:
  // Creates the directory if need be and locks it. conflict: another process has it. io: it cannot be written.
  static Result<DataLock> take(const std::filesystem::path& data_dir);
  DataLock(DataLock&& other) noexcept;
  DataLock& operator=(DataLock&&) = delete;
  ~DataLock();

 private:
  explicit DataLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace moisson::app
