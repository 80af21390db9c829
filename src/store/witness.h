// Witness: a small file beside the store that remembers its epoch and the highest seq committed. A store that is
// behind its witness was restored from a backup (or lost the end of its log), and must start a new epoch.
// Not thread-safe: the owner of the write connection writes it.
#pragma once

#include <moisson/core/result.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace moisson::store {

class Witness {
 public:
  struct Testimony {
    std::string epoch;
    std::uint64_t seq = 0;
    bool operator==(const Testimony&) const = default;
  };

  explicit Witness(std::filesystem::path file) : file_(std::move(file)) {}
  ~Witness();
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;

  // Nothing if there is no file, or it does not read as one.
  std::optional<Testimony> read() const;

  // On the disk when it returns. The text has one length and lies in one sector, so it is replaced whole and needs
  // no new space.
  Result<void> write(const Testimony& testimony);

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
};

// Whether the store may go on with its epoch, or was put back from a backup. A store that numbered changes and has no
// witness was copied without it.
bool restored(const std::string& epoch, std::uint64_t seq, const std::optional<Witness::Testimony>& testimony);

}  // namespace moisson::store
