#include "harvesters/front_matter.h"

#include "core/text.h"

#include <algorithm>

namespace moisson::harvesters {
namespace {

std::size_t indentation(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

bool is_blank(std::string_view line) { return trim(line).empty(); }

// The name before "name:" at the beginning of the line; empty: it holds none.
std::string_view key_of(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == line.npos || colon == 0 || (colon + 1 < line.size() && line[colon + 1] != ' ')) return {};
  const std::string_view key = line.substr(0, colon);
  const bool plain = std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
  return plain ? key : std::string_view{};
}

// A comment begins at a # after a blank (YAML 1.2 §6.6).
std::string_view without_comment(std::string_view value) {
  if (value.starts_with('#')) return {};
  const auto mark = value.find(" #");
  return trim(mark == value.npos ? value : value.substr(0, mark));
}

std::string double_quoted(std::string_view inside) {
  std::string out;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const bool escaped = inside[i] == '\\' && i + 1 < inside.size();
    if (escaped) ++i;
    out += escaped && inside[i] == 'n' ? '\n' : inside[i];
  }
  return out;
}

std::string scalar(std::string_view value) {
  value = trim(value);
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')) {
    // The last one of its kind: what follows it is a comment.
    const char quote = value.front();
    const auto end = value.rfind(quote);
    if (end > 0 && without_comment(trim(value.substr(end + 1))).empty()) {
      const std::string_view inside = value.substr(1, end - 1);
      if (quote == '"') return double_quoted(inside);
      std::string out;
      for (std::size_t i = 0; i < inside.size(); ++i) {
        out += inside[i];
        if (inside.substr(i, 2) == "''") ++i;
      }
      return out;
    }
  }
  return std::string(without_comment(value));
}

// One pass over the lines between the marks.
class Reader {
 public:
  explicit Reader(std::string_view text) : lines_(split(text, '\n')) {
    for (std::string_view& line : lines_)
      if (line.ends_with('\r')) line.remove_suffix(1);
  }

  Result<FrontMatter> read() {
    FrontMatter out;
    while (at_ < lines_.size()) {
      const std::string_view line = lines_[at_];
      const std::string_view key = key_of(line);
      ++at_;
      if (key.empty()) continue;  // a comment, or what belongs to nothing
      if (out.fields.size() == max_front_matter_fields)
        return Error{ErrorCode::too_large, "the front matter has more than 200 fields", "", ""};
      out.fields.emplace_back(std::string(key), values(trim(line.substr(key.size() + 1))));
    }
    return out;
  }

 private:
  std::vector<std::string> values(std::string_view first) {
    if (first.starts_with('|') || first.starts_with('>')) return {block(first.front() == '>')};
    if (first.starts_with('[') && first.ends_with(']')) return flow_list(first.substr(1, first.size() - 2));
    const bool empty = without_comment(first).empty();
    if (empty) return block_list();
    std::string value = scalar(first);
    while (at_ < lines_.size() && indentation(lines_[at_]) > 0 && !is_blank(lines_[at_]))
      value += " " + std::string(without_comment(trim(lines_[at_++])));  // a plain scalar over several lines
    return {value};
  }

  // Deeper lines, less the indentation of the first; folded: line ends become blanks, empty lines line ends.
  std::string block(bool folded) {
    std::string out;
    std::size_t margin = 0;
    for (; at_ < lines_.size(); ++at_) {
      const std::string_view line = lines_[at_];
      if (is_blank(line)) {
        out += '\n';
        continue;
      }
      if (indentation(line) == 0) break;
      if (margin == 0) margin = indentation(line);
      out += line.substr(std::min(margin, indentation(line)));
      out += folded ? ' ' : '\n';
    }
    return std::string(trim(out));
  }

  static std::vector<std::string> flow_list(std::string_view inside) {
    std::vector<std::string> items;
    for (const std::string_view part : split(inside, ','))
      if (std::string item = scalar(part); !item.empty() && items.size() < max_front_matter_items)
        items.push_back(std::move(item));
    return items;
  }

  std::vector<std::string> block_list() {
    std::vector<std::string> items;
    for (; at_ < lines_.size(); ++at_) {
      const std::string_view line = lines_[at_], text = trim(line);
      if (text.empty() || text.starts_with('#')) continue;
      const bool item = text == "-" || text.starts_with("- ");
      if (indentation(line) == 0 && !item) break;
      if (!item) continue;  // inside a map
      const std::string_view value = trim(text.substr(1));
      if (!key_of(value).empty()) {  // an item that is a map
        skip_deeper_than(indentation(line));
        continue;
      }
      if (std::string read = scalar(value); !read.empty() && items.size() < max_front_matter_items)
        items.push_back(std::move(read));
    }
    return items;
  }

  // Stops before the next line that is no part of it.
  void skip_deeper_than(std::size_t margin) {
    while (at_ + 1 < lines_.size() && (is_blank(lines_[at_ + 1]) || indentation(lines_[at_ + 1]) > margin)) ++at_;
  }

  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
};

}  // namespace

std::string FrontMatter::text(std::string_view name) const {
  const auto values = list(name);
  return values.empty() ? std::string() : values.front();
}

std::vector<std::string> FrontMatter::list(std::string_view name) const {
  for (const auto& [key, values] : fields)
    if (key == name) return values;
  return {};
}

Result<FrontMatter> read_front_matter(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto first_end = text.find('\n');
  if (first_end == text.npos || trim(text.substr(0, first_end)) != "---")
    return Error{ErrorCode::invalid_input, "the file does not begin with front matter", "1:1", "its first line is ---",
                 "syntax_error"};
  const std::string_view rest = text.substr(first_end + 1);
  std::size_t begin = 0;
  while (begin < rest.size()) {
    const auto end = std::min(rest.find('\n', begin), rest.size());
    if (trim(rest.substr(begin, end - begin)) == "---" && rest[begin] == '-') {
      auto read = Reader(rest.substr(0, begin)).read();
      if (read) read->body = trim(rest.substr(std::min(end + 1, rest.size())));
      return read;
    }
    begin = end + 1;
  }
  return Error{ErrorCode::invalid_input, "the front matter does not end", "", "a line of --- ends it", "syntax_error"};
}

}  // namespace moisson::harvesters
