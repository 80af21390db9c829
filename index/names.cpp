#include "index/names.h"

#include "core/text.h"
#include "index/analysis.h"

#include <algorithm>

namespace moisson::index {
namespace {

constexpr std::size_t most_names = 16;
constexpr std::size_t longest_name = 12;  // words
constexpr std::size_t shortest_plural = 4;

// A year or a version says which issue it is, not what it is.
bool is_number(const std::string& word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string joined(std::span<const std::string> words) {
  std::string key;
  for (const auto& word : words) key.append(key.empty() ? "" : " ").append(word);
  return key;
}

class Names {
 public:
  void add(std::string_view text) {
    auto found = name_words(text);
    add(found);
    const auto numbers = std::remove_if(found.begin(), found.end(), is_number);
    if (numbers == found.end()) return;
    found.erase(numbers, found.end());
    add(found);
  }

  std::vector<std::string> take() { return std::move(keys_); }

 private:
  void add(std::span<const std::string> found) {
    if (found.empty() || found.size() > longest_name || keys_.size() >= most_names) return;
    auto key = joined(found);
    if (std::find(keys_.begin(), keys_.end(), key) == keys_.end()) keys_.push_back(std::move(key));
  }

  std::vector<std::string> keys_;
};

// Where a title's first part ends: before a dash between blanks, a colon, a vertical bar; its size if it has one part.
std::size_t first_part(std::string_view title) {
  std::size_t end = title.size();
  for (const std::string_view sign : {" - ", " – ", " — ", ":", " | "}) end = std::min(end, title.find(sign));
  return end;
}

bool is_short(std::string_view text) {
  return text.size() >= 2 && text.size() <= 12 && text.find(' ') == std::string_view::npos;
}

}  // namespace

std::string light_plural(std::string folded) {
  if (folded.size() >= shortest_plural && (folded.back() == 's' || folded.back() == 'x')) folded.pop_back();
  return folded;
}

std::vector<std::string> name_words(std::string_view text) {
  std::vector<std::string> content, all;
  for (auto& word : words(text, 64)) {
    if (!is_stop_word(word.folded)) content.push_back(light_plural(word.folded));
    all.push_back(std::move(word.folded));
  }
  return content.empty() ? all : content;
}

std::string name_key(std::string_view text) { return joined(name_words(text)); }

std::string name_key(std::span<const std::string> folded) {
  std::vector<std::string> content;
  for (const auto& word : folded)
    if (!is_stop_word(word)) content.push_back(light_plural(word));
  return content.empty() ? joined(folded) : joined(content);
}

std::vector<std::string> names(const LangStrings& titles, const LangStrings& alternatives) {
  Names found;
  for (const auto& title : titles) {
    const std::string_view text = title.value;
    found.add(text);
    const auto open = text.find('('), close = text.find(')', open);
    if (open != std::string_view::npos && close != std::string_view::npos) {
      const auto inside = text.substr(open + 1, close - open - 1);
      if (is_short(inside)) found.add(inside);
      found.add(std::string(text.substr(0, open)).append(text.substr(close + 1)));
      found.add(text.substr(0, open));
    }
    if (const auto end = first_part(text); end < text.size()) found.add(text.substr(0, end));
  }
  for (const auto& alternative : alternatives) found.add(alternative.value);
  return found.take();
}

}  // namespace moisson::index
