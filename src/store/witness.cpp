#include "store/witness.h"

#include <moisson/core/uuid.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>

namespace moisson::store {
namespace {

constexpr std::size_t epoch_length = 36;
constexpr std::size_t seq_length = 20;

Error failure(const std::filesystem::path& file) {
  return Error{ErrorCode::io, "the store's witness cannot be written: " + std::string(std::strerror(errno)),
               file.string(), "check the rights and the space of data_dir"};
}

}  // namespace

Witness::~Witness() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<Witness::Testimony> Witness::read() const {
  std::ifstream stream(file_, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (text.size() != epoch_length + 1 + seq_length + 1) return std::nullopt;
  Testimony testimony{text.substr(0, epoch_length), 0};
  const char* end = text.data() + text.size() - 1;
  const auto parsed = std::from_chars(text.data() + epoch_length + 1, end, testimony.seq);
  if (!is_uuid(testimony.epoch) || parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return testimony;
}

Result<void> Witness::write(const Testimony& testimony) {
  if (descriptor_ < 0) descriptor_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) return failure(file_);
  std::string seq = std::to_string(testimony.seq);
  seq.insert(0, seq_length - seq.size(), '0');
  const std::string text = testimony.epoch + ' ' + seq + '\n';
  if (::pwrite(descriptor_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) return failure(file_);
  if (::fdatasync(descriptor_) != 0) return failure(file_);
  return {};
}

bool restored(const std::string& epoch, std::uint64_t seq, const std::optional<Witness::Testimony>& testimony) {
  if (!testimony) return seq > 0;
  return testimony->epoch != epoch || testimony->seq > seq;
}

}  // namespace moisson::store
