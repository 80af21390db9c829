// IndexDirectory: the indexes of a catalog on disk: "index.1", "index.2" … and the file "current" that names the one in use,
// replaced atomically. What `current` does not name is a rebuild that was never finished, or one that was replaced.
// Thread-safe, but for use() and clean().
#pragma once

#include <moisson/core/result.h>

#include <filesystem>
#include <optional>

namespace moisson::projection {

class IndexDirectory {
 public:
  // Creates it if need be. io.
  static Result<IndexDirectory> open(const std::filesystem::path& path);

  std::optional<std::filesystem::path> current() const;

  // A directory that does not exist yet.
  std::filesystem::path next() const;

  // `index` is in use from now on, whatever happens to the machine. io.
  Result<void> use(const std::filesystem::path& index);

  // Removes every index but the one in use: at start, when nothing is being built. What cannot be removed now is
  // removed another time.
  void clean() const;
  void remove(const std::filesystem::path& index) const;

 private:
  explicit IndexDirectory(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace moisson::projection
