// Golden files: what a test saw, compared with the file that was looked at and committed. For tests.
#pragma once

#include "core/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace moisson::test {

// Compares with the file, line by line; with MOISSON_WRITE_GOLDEN set it writes it instead.
inline void expect_golden(const std::string& path, const std::string& text) {
  if (std::getenv("MOISSON_WRITE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  const std::string known{std::istreambuf_iterator<char>(file), {}};
  const auto wanted = split(known, '\n');
  const auto got = split(text, '\n');
  for (std::size_t i = 0; i < std::max(wanted.size(), got.size()); ++i) {
    EXPECT_EQ(i < got.size() ? got[i] : "(nothing)", i < wanted.size() ? wanted[i] : "(nothing)")
        << path << ":" << i + 1;
  }
}

}  // namespace moisson::test
