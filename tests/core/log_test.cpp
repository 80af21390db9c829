#include "core/log.h"

#include <gtest/gtest.h>

namespace moisson::log {
namespace {

TEST(Log, WritesOneLineOfPlainFields) {
  testing::internal::CaptureStderr();
  info("harvest", "page read", {{"source", "datasud"}, {"pages", 3}});
  const auto line = testing::internal::GetCapturedStderr();
  EXPECT_EQ(line.rfind("time=", 0), 0u);
  EXPECT_NE(line.find(" level=info at=harvest source=datasud pages=3 msg=\"page read\"\n"), std::string::npos) << line;
}

TEST(Log, LetsNoValueStartALineOrAField) {
  testing::internal::CaptureStderr();
  warning("net", "x", {{"url", "a\nlevel=error b=\"c\"\x1b[31m"}, {"empty", ""}});
  const auto line = testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  EXPECT_NE(line.find(R"(url="a\nlevel=error b=\"c\"\x1b[31m" empty="")"), std::string::npos) << line;
}

TEST(Log, DropsWhatIsBelowItsThreshold) {
  set_threshold(Level::warning);
  testing::internal::CaptureStderr();
  info("x", "quiet");
  error("x", "loud");
  const auto lines = testing::internal::GetCapturedStderr();
  set_threshold(Level::info);
  EXPECT_EQ(lines.find("quiet"), std::string::npos);
  EXPECT_NE(lines.find("loud"), std::string::npos);
}

}  // namespace
}  // namespace moisson::log
