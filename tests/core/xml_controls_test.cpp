#include "core/xml_controls.h"

#include <gtest/gtest.h>

namespace moisson::xml {
namespace {

std::string filtered(std::string_view text, std::size_t piece, std::vector<std::string>* places = nullptr) {
  ControlFilter filter;
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += piece) out += filter.take(text.substr(at, piece));
  out += filter.rest();
  if (places != nullptr) *places = filter.places();
  return out;
}

TEST(ControlFilter, TakesOutWhatXmlForbidsWhereverTheBytesAreCut) {
  constexpr std::string_view text = "<a>\n\x03é&amp;&#x3;b&#31;\t&#10;&#x41;&#</a>";
  constexpr std::string_view wanted = "<a>\n é&amp;     b     \t&#10;&#x41;&#</a>";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    std::vector<std::string> places;
    EXPECT_EQ(filtered(text, piece, &places), wanted) << piece;
    EXPECT_EQ(places, (std::vector<std::string>{"2:1", "2:9", "2:15"})) << piece;
  }
}

TEST(ControlFilter, LeavesSoundAndWideDocumentsAlone) {
  const std::string sound = "<a x=\"1\">&lt;&#233;\r\n\t</a>";
  ControlFilter filter;
  EXPECT_EQ(filter.take(sound).data(), sound.data());
  const std::string wide("\xFF\xFE<\0a\0>\0\x03\0", 10);
  EXPECT_EQ(filtered(wide, 3), wide);
}

TEST(ControlFilter, ToldPlacesAreBounded) {
  std::vector<std::string> places;
  EXPECT_EQ(filtered(std::string(100, '\x01'), 7, &places), std::string(100, ' '));
  EXPECT_EQ(places.size(), ControlFilter::max_places);
}

}  // namespace
}  // namespace moisson::xml
