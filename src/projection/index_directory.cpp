#include "projection/index_directory.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace moisson::projection {
namespace {

constexpr std::string_view stem = "index.";

// The number of "index.7"; 0: not an index.
std::uint64_t number_of(const std::string& name) {
  if (!name.starts_with(stem)) return 0;
  std::uint64_t number = 0;
  const auto* end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + stem.size(), end, number);
  return read.ec == std::errc{} && read.ptr == end ? number : 0;
}

Error io_error(const std::filesystem::path& path) { return {ErrorCode::io, std::strerror(errno), path.string(), {}}; }

// Writes through to the disk what `path` (a file or a directory) holds.
Result<void> sync(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return io_error(path);
  const bool synced = ::fsync(file) == 0;
  const auto error = io_error(path);
  ::close(file);
  if (!synced) return error;
  return {};
}

}  // namespace

Result<IndexDirectory> IndexDirectory::open(const std::filesystem::path& path) {
  std::error_code failed;
  std::filesystem::create_directories(path, failed);
  if (failed) return Error{ErrorCode::io, failed.message(), path.string(), {}};
  return IndexDirectory(path);
}

std::optional<std::filesystem::path> IndexDirectory::current() const {
  std::ifstream in(path_ / "current");
  std::string name;
  std::getline(in, name);
  if (number_of(name) == 0) return std::nullopt;
  return path_ / name;
}

std::filesystem::path IndexDirectory::next() const {
  std::uint64_t greatest = 0;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(path_, ignored))
    greatest = std::max(greatest, number_of(entry.path().filename().string()));
  return path_ / (std::string(stem) + std::to_string(greatest + 1));
}

Result<void> IndexDirectory::use(const std::filesystem::path& index) {
  const auto draft = path_ / "current.new";
  {
    std::ofstream out(draft, std::ios::trunc);
    out << index.filename().string() << '\n';
    if (!out.flush()) return io_error(draft);
  }
  if (auto synced = sync(draft); !synced) return synced;
  std::error_code failed;
  std::filesystem::rename(draft, path_ / "current", failed);
  if (failed) return Error{ErrorCode::io, failed.message(), draft.string(), {}};
  return sync(path_);
}

void IndexDirectory::clean() const {
  const auto used = current();
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(path_, ignored))
    if (number_of(entry.path().filename().string()) != 0 && (!used || entry.path() != *used)) remove(entry.path());
}

void IndexDirectory::remove(const std::filesystem::path& index) const {
  std::error_code ignored;
  std::filesystem::remove_all(index, ignored);
}

}  // namespace moisson::projection
