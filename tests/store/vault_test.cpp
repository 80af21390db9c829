#include "store/vault.h"

#include "tests/store/shelf.h"

#include <gtest/gtest.h>

#include <fstream>

namespace moisson::store {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Vault, OpensOnlyWhatItSealedForTheSamePurpose) {
  const test::Shelf shelf;
  const auto file = shelf.directory() / "key";
  std::string sealed;
  {
    Vault vault(file);
    EXPECT_EQ(vault.open(std::string(60, 'x'), "a/key").error().code, ErrorCode::io) << "there is no key yet";
    sealed = *vault.seal("s3cr3t-k3y", "a/key");
    EXPECT_NE(*vault.seal("s3cr3t-k3y", "a/key"), sealed);
    EXPECT_EQ(sealed.find("s3cr3t"), std::string::npos);
  }
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  Vault vault(file);
  EXPECT_EQ(*vault.open(sealed, "a/key"), "s3cr3t-k3y");
  EXPECT_EQ(vault.open(sealed, "b/key").error().code, ErrorCode::corrupt);
  std::string broken = sealed;
  broken.back() ^= 1;
  EXPECT_EQ(vault.open(broken, "a/key").error().code, ErrorCode::corrupt);
  EXPECT_EQ(vault.open("short", "a/key").error().code, ErrorCode::corrupt);
  std::ofstream(file) << "not a key";
  EXPECT_EQ(Vault(file).open(sealed, "a/key").error().code, ErrorCode::corrupt);
}

TEST(Vault, TheStoreHoldsNoSecretThatReadsWithoutTheKeyFile) {
  test::Shelf shelf;
  ASSERT_TRUE(shelf.writer().put_source(test::source_named("ville")).has_value());
  ASSERT_TRUE(shelf.writer().put_secret("ville", "api_key", "s3cr3t-k3y").has_value());
  EXPECT_EQ(shelf.writer().put_secret("nobody", "api_key", "x").error().code, ErrorCode::not_found);
  EXPECT_EQ(*shelf.store->secret_names("ville"), std::vector<std::string>{"api_key"});
  shelf.reopen();
  EXPECT_EQ(*shelf.writer().secrets("ville"), (std::map<std::string, std::string>{{"api_key", "s3cr3t-k3y"}}));
  for (const auto& file : fs::directory_iterator(shelf.directory()))
    EXPECT_EQ(bytes_of(file.path()).find("s3cr3t"), std::string::npos) << file.path().filename();

  fs::remove(shelf.options.path.string() + ".key");
  shelf.reopen();
  EXPECT_EQ(shelf.writer().secrets("ville").error().code, ErrorCode::io);
  ASSERT_TRUE(shelf.writer().put_secret("ville", "api_key", "").has_value());
  EXPECT_TRUE(shelf.writer().secrets("ville")->empty());
}

}  // namespace
}  // namespace moisson::store
