#include "index/query_text.h"

#include "core/last_instant.h"
#include "core/text.h"
#include "index/card.h"

#include <algorithm>
#include <array>

namespace moisson::index {
namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view first_characters(std::string_view text, std::size_t characters) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80 && characters-- == 0) return text.substr(0, i);
  return text;
}

// How a value is stored, by what was typed for it: card.cpp's rules.
std::string stored_value(search::Field field, std::string_view typed) {
  switch (field) {
    case search::Field::theme: {
      std::string code(typed);
      for (char& c : code)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c & ~0x20);
      return code;
    }
    case search::Field::publisher:
    case search::Field::hvd:
      return slug(typed);
    case search::Field::keyword:
      return fold(trim(typed));
    case search::Field::source:
    case search::Field::territory:
      return std::string(typed);
    default:
      return lower_ascii(typed);
  }
}

// What the fields are called beside their own names, folded.
struct OtherName {
  std::string_view name, field;
};
constexpr std::size_t shortest_beginning = 3;  // bytes: fewer would be half of the dictionary

constexpr std::array other_names{
    OtherName{"titre", "title"},          OtherName{"producteur", "publisher"}, OtherName{"editeur", "publisher"},
    OtherName{"license", "licence"},      OtherName{"ouvert", "open"},          OtherName{"motcle", "keyword"},
    OtherName{"mot-cle", "keyword"},      OtherName{"langue", "language"},      OtherName{"frequence", "frequency"},
    OtherName{"territoire", "territory"}, OtherName{"portail", "source"},       OtherName{"modifie", "modified"},
    OtherName{"periode", "period"}};

std::string field_name(std::string_view typed) {
  auto name = fold(typed);
  for (const auto& other : other_names)
    if (other.name == name) return std::string(other.field);
  return name;
}

// "2020..2023", "2020-05..", "..1999", "2024": from the first instant of the one to the last of the other.
std::optional<search::DateRange> read_dates(std::string_view typed) {
  const auto dots = typed.find("..");
  const auto first = typed.substr(0, dots), last = dots == std::string_view::npos ? typed : typed.substr(dots + 2);
  search::DateRange range;
  if (!first.empty()) {
    const auto moment = parse_moment(first);
    if (!moment) return std::nullopt;
    range.from = moment->instant;
  }
  if (!last.empty()) {
    const auto moment = parse_moment(last);
    if (!moment) return std::nullopt;
    range.to = last_instant(*moment);
  }
  if (!range.from && !range.to) return std::nullopt;
  return range;
}

class Parser {
 public:
  explicit Parser(std::string_view typed) : in_(typed) {}

  QueryText parse() {
    for (skip_blanks(); at_ < in_.size() && terms_ < most_query_terms; skip_blanks()) {
      if (take_or()) continue;
      const bool excluded = in_[at_] == '-' && at_ + 1 < in_.size() && !is_blank(in_[at_ + 1]) && in_[at_ + 1] != '-';
      if (excluded) ++at_;
      auto atoms = read_atoms(excluded);
      for (auto& atom : atoms) place(std::move(atom), excluded);
      joined_ = false;
    }
    return std::move(out_);
  }

 private:
  void skip_blanks() {
    while (at_ < in_.size() && is_blank(in_[at_])) ++at_;
  }

  // OR joins only what stands on both sides of it; else it is not an operator, and is dropped as a stop word would be.
  bool take_or() {
    const auto rest = in_.substr(at_);
    if (!rest.starts_with("OR") || (rest.size() > 2 && !is_blank(rest[2]))) return false;
    at_ += 2;
    joined_ = last_ != nullptr;
    return true;
  }

  std::vector<Atom> read_atoms(bool excluded) {
    if (in_[at_] == '"') {
      if (auto phrase = quoted()) return as_phrase(Atom::Kind::phrase, *phrase);
    }
    auto end = at_;
    while (end < in_.size() && !is_blank(in_[end]) && in_[end] != '"') ++end;
    if (end == at_) ++end;  // a lone quotation mark
    const auto piece = in_.substr(at_, end - at_);
    if (auto value = read_value(piece)) return {std::move(*value)};
    at_ = end;
    if (!excluded && take_dates(piece)) return {};
    if (auto beginning = as_beginning(piece)) return {std::move(*beginning)};
    return as_words(piece);
  }

  // The text up to the closing quotation mark, which is passed.
  std::optional<std::string_view> quoted() {
    const auto close = in_.find('"', at_ + 1);
    if (close == std::string_view::npos) return std::nullopt;
    const auto text = in_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    return text;
  }

  bool take_dates(std::string_view piece) {
    const auto colon = piece.find(':');
    if (colon == std::string_view::npos) return false;
    const auto name = field_name(piece.substr(0, colon));
    if (name != "modified" && name != "period") return false;
    const auto range = read_dates(piece.substr(colon + 1));
    if (!range) return false;
    out_.dates.push_back({name == "period", *range});
    ++terms_;
    return true;
  }

  std::optional<Atom> as_beginning(std::string_view piece) {
    if (!piece.ends_with('*')) return std::nullopt;
    auto found = words(piece.substr(0, piece.size() - 1), 2);
    if (found.size() != 1 || found.front().folded.size() < shortest_beginning) return std::nullopt;
    ++terms_;
    return Atom{Atom::Kind::beginning, {std::move(found.front().folded)}, std::nullopt, {}};
  }

  std::optional<Atom> read_value(std::string_view piece) {
    const auto colon = piece.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto name = field_name(piece.substr(0, colon));
    const auto field = search::field_named(name);
    if (!field && name != "title") return std::nullopt;
    const auto before = at_;
    std::string_view typed;
    if (colon + 1 == piece.size() && at_ + piece.size() < in_.size() && in_[at_ + piece.size()] == '"') {
      at_ += piece.size();
      const auto inside = quoted();
      if (!inside) {
        at_ = before;
        return std::nullopt;
      }
      typed = *inside;
    } else {
      typed = piece.substr(colon + 1);
      at_ += piece.size();
    }
    Atom atom;
    if (field) {
      atom = {Atom::Kind::value, {}, field, stored_value(*field, typed)};
    } else {
      atom = {Atom::Kind::title, take_words(typed), std::nullopt, {}};
    }
    if (atom.words.empty() && atom.value.empty()) {
      at_ = before;
      return std::nullopt;
    }
    terms_ += field ? 1 : 0;
    return atom;
  }

  std::vector<std::string> take_words(std::string_view text) {
    std::vector<std::string> found;
    for (auto& word : words(text, most_query_terms - terms_)) found.push_back(std::move(word.folded));
    terms_ += found.size();
    return found;
  }

  // "S.I.R.E.N.E." is one word.
  static bool is_dotted(std::string_view text) {
    if (text.size() < 3) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool letter = (text[i] >= 'A' && text[i] <= 'Z') || (text[i] >= 'a' && text[i] <= 'z');
      if (i % 2 == 0 ? !letter : text[i] != '.') return false;
    }
    return true;
  }

  std::vector<Atom> as_words(std::string_view text) {
    if (is_dotted(text)) {
      std::string undotted(text);
      std::erase(undotted, '.');
      return as_words(undotted);
    }
    std::vector<Atom> atoms;
    for (auto& word : take_words(text)) atoms.push_back({Atom::Kind::word, {std::move(word)}, std::nullopt, {}});
    return atoms;
  }

  std::vector<Atom> as_phrase(Atom::Kind kind, std::string_view text) {
    auto found = take_words(text);
    if (found.empty()) return {};
    if (found.size() == 1) return {{Atom::Kind::phrase, std::move(found), std::nullopt, {}}};
    return {{kind, std::move(found), std::nullopt, {}}};
  }

  static bool is_wanted(Atom::Kind kind) { return kind == Atom::Kind::word || kind == Atom::Kind::beginning; }

  void place(Atom atom, bool excluded) {
    if (joined_ && !excluded && last_ != nullptr) {
      const bool was_wanted = last_ == &out_.wanted;
      last_->back().alternatives.push_back(std::move(atom));
      joined_ = false;
      // A phrase or value among the alternatives makes the whole a must.
      if (was_wanted && !is_wanted(last_->back().alternatives.back().kind)) {
        out_.required.push_back(std::move(last_->back()));
        last_->pop_back();
        last_ = &out_.required;
      }
      return;
    }
    auto& list = excluded ? out_.excluded : is_wanted(atom.kind) ? out_.wanted : out_.required;
    list.push_back({{std::move(atom)}});
    last_ = excluded ? nullptr : &list;
  }

  std::string_view in_;
  std::size_t at_ = 0;
  std::size_t terms_ = 0;
  bool joined_ = false;
  std::vector<Clause>* last_ = nullptr;
  QueryText out_;
};

std::string printed(const Atom& atom) {
  std::string words;
  for (const auto& word : atom.words) words += (words.empty() ? "" : " ") + word;
  switch (atom.kind) {
    case Atom::Kind::word:
      return words;
    case Atom::Kind::beginning:
      return words + '*';
    case Atom::Kind::phrase:
      return '"' + words + '"';
    case Atom::Kind::title:
      return "title=\"" + words + '"';
    case Atom::Kind::value:
      return std::string(search::description(*atom.field).name) + '=' + atom.value;
  }
  return {};
}

std::string printed(const Clause& clause) {
  if (clause.alternatives.size() == 1) return printed(clause.alternatives.front());
  std::string out = "(";
  for (const auto& atom : clause.alternatives) out += (out.size() > 1 ? " | " : "") + printed(atom);
  return out + ')';
}

}  // namespace

QueryText parse_query_text(std::string_view typed) {
  const auto clean = clean_utf8(cut(typed, 4 * most_query_characters));
  return Parser(first_characters(clean, most_query_characters)).parse();
}

std::string to_string(const QueryText& text) {
  std::string out;
  const auto print = [&](const std::vector<Clause>& clauses, std::string_view sign) {
    for (const auto& clause : clauses) out.append(out.empty() ? "" : " ").append(sign).append(printed(clause));
  };
  print(text.wanted, "");
  print(text.required, "+");
  print(text.excluded, "-");
  for (const auto& each : text.dates) {
    out.append(out.empty() ? "" : " ").append(each.covers ? "+period=" : "+modified=");
    if (each.range.from) out.append(format_rfc3339(*each.range.from));
    out.append("..");
    if (each.range.to) out.append(format_rfc3339(*each.range.to));
  }
  return out;
}

}  // namespace moisson::index
