#include "app/data_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace moisson::app {

Result<DataLock> DataLock::take(const std::filesystem::path& data_dir) {
  std::error_code failed;
  std::filesystem::create_directories(data_dir, failed);
  const auto path = data_dir / "lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return Error{ErrorCode::io, std::string("the data directory cannot be written: ") + std::strerror(errno),
                 path.string(), "check [catalog] data_dir and its permissions"};
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const int reason = errno;
    ::close(descriptor);
    if (reason == EWOULDBLOCK)
      return Error{ErrorCode::conflict, "another moisson process owns this data directory", data_dir.string(), ""};
    return Error{ErrorCode::io, std::string("the data directory cannot be locked: ") + std::strerror(reason),
                 path.string(), ""};
  }
  return DataLock(descriptor);
}

DataLock::DataLock(DataLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

DataLock::~DataLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace moisson::app
