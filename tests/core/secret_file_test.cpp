#include "core/secret_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace moisson {
namespace {

TEST(SecretFile, HoldsOneSecretAloneOnItsLine) {
  std::string pattern = (std::filesystem::temp_directory_path() / "moisson-secret-XXXXXX").string();
  const std::filesystem::path directory = ::mkdtemp(pattern.data());
  const auto file = directory / "secret";
  const auto read = [&](std::string_view bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
    return read_secret(file);
  };
  EXPECT_EQ(read("s3cret with blanks\r\n").value(), "s3cret with blanks");
  for (const std::string& wrong :
       {std::string(), std::string("\n"), std::string("one\ntwo\n"), std::string(5'000, 'a')}) {
    const auto refused = read(wrong);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
    EXPECT_EQ(refused.error().message.find("one\ntwo"), std::string::npos);
  }
  EXPECT_EQ(read_secret(directory / "none").error().code, ErrorCode::io);
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace moisson
