// The front matter of a Markdown file: what stands between its first two lines of "---", in the part of YAML 1.2 that
// catalogs write by hand: plain and quoted scalars, block scalars (| and >), lists of scalars, comments. Maps inside a
// value are passed over. Pure.
#pragma once

#include <moisson/core/result.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moisson::harvesters {

inline constexpr std::size_t max_front_matter_fields = 200;
inline constexpr std::size_t max_front_matter_items = 1'000;  // of a list

struct FrontMatter {
  std::vector<std::pair<std::string, std::vector<std::string>>> fields;  // a scalar is a list of one
  std::string body;                                                      // what follows

  std::string text(std::string_view name) const;  // the first value; empty if there is none
  std::vector<std::string> list(std::string_view name) const;
};

// invalid_input: no front matter at its beginning, or one that does not end; too_large: more fields than the cap.
Result<FrontMatter> read_front_matter(std::string_view text);

}  // namespace moisson::harvesters
