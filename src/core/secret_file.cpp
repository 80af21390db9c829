#include "core/secret_file.h"

#include "core/text.h"

#include <fstream>

namespace moisson {
namespace {

constexpr std::size_t most_bytes = 4'096;

}  // namespace

Result<std::string> read_secret(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(most_bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || (in.fail() && !in.eof()))
    return Error{ErrorCode::io, "the file of a secret cannot be read", file.string(), "let the program's user read it"};
  text.resize(static_cast<std::size_t>(in.gcount()));
  const std::string_view line = trim(text);
  if (line.empty() || text.size() > most_bytes || line.find_first_of("\r\n") != std::string_view::npos)
    return Error{ErrorCode::invalid_input, "a secret stands alone on the one line of its file", file.string(), ""};
  return std::string(line);
}

}  // namespace moisson
