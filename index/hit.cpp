#include "index/hit.h"

#include "core/json.h"
#include "core/text.h"
#include "dcat/vocabulary.h"
#include "index/schema.h"

#include <algorithm>

namespace moisson::index {
namespace {

using search::Field;

constexpr std::size_t description_characters = 300;
constexpr std::size_t snippet_characters = 240;
constexpr std::size_t most_copies = 20;

std::vector<std::string> plain_values(const Values& values) {
  std::vector<std::string> out;
  for (const auto& value : values) out.push_back(value.value);
  return out;
}

LangString best_text(const LangStrings& texts, const search::Query& query, const Card& card) {
  const auto* text = best(texts, query.language, card.language.empty() ? "fr" : card.language);
  return text ? *text : LangString{};
}

// How the score came to be: text × merit + fame.
std::string explained(const QueryText& text, const Card& card, const Prior::Worth& worth, HitMaker::Score score) {
  json::Writer json;
  json.begin_object().field("query", to_string(text));
  json.key("text").number(score.text).key("merit").number(worth.factor).key("fame").number(worth.addend);
  json.key("total").number(score.total);
  json.key("popularity");
  card.popularity ? json.unsigned_integer(*card.popularity) : json.null();
  json.key("quality").integer(card.quality).key("first_hand").boolean(card.first_hand);
  json.key("official").boolean(card.official).key("wide").boolean(card.wide);
  json.end_object();
  return json.take();
}

}  // namespace

HitMaker::HitMaker(const State& state, Handle& handle, const search::Query& query, const QueryText& text,
                   const Plan& plan)
    : state_(state),
      handle_(handle),
      query_(query),
      text_(text),
      highlighter_(text, plan.also, state.languages, handle.stemmer) {}

Result<search::Hit> HitMaker::make(Row row, Score score) {
  auto read = decode(handle_.database.get_document(row).get_data());
  if (!read) return read.error();
  auto& card = *read;
  search::Hit hit;
  hit.row = row;
  hit.type = card.type;
  hit.title = best_text(card.title, query_, card);
  hit.description = best_text(card.description, query_, card);
  mark(card, hit);
  hit.description.value = shorten(hit.description.value, description_characters - 1);
  hit.also_in = also_in(row);
  hit.id = std::move(card.id);
  hit.remote_id = std::move(card.remote_id);
  hit.publisher = std::move(card[Field::publisher]);
  if (!card[Field::source].empty()) hit.source = card[Field::source].front();
  hit.modified = card.modified;
  hit.issued = card.issued;
  hit.last_changed = card.last_changed;
  hit.formats = plain_values(card[Field::format]);
  if (!card[Field::licence].empty()) hit.licence = card[Field::licence].front();
  if (!card[Field::open].empty()) hit.open = card[Field::open].front().value;
  for (const auto& theme : card[Field::theme])
    hit.themes.push_back({theme.value, dcat::label("theme", theme.value, query_.language)});
  for (const auto& keyword : card[Field::keyword])
    hit.keywords.push_back(keyword.label.empty() ? keyword.value : keyword.label);
  hit.language = card.language;
  hit.landing_page = std::move(card.landing_page);
  hit.popularity = card.popularity;
  hit.score = score.total;
  if (query_.explain) hit.explanation = explained(text_, card, state_.prior->worth(row), score);
  return hit;
}

void HitMaker::mark(const Card& card, search::Hit& hit) {
  std::size_t in_title = 0, in_description = 0;
  hit.title_spans =
      highlighter_.whole(hit.title.value, hit.title.language.empty() ? card.language : hit.title.language, &in_title);
  hit.snippet = highlighter_.passage(hit.description.value,
                                     hit.description.language.empty() ? card.language : hit.description.language,
                                     snippet_characters, &in_description);
  const auto note = [&](TextField field) { hit.found_in.emplace_back(index::row(field).name); };
  const auto any = [&](const Values& values) {
    return std::any_of(values.begin(), values.end(),
                       [&](const auto& each) { return highlighter_.any(each.label, card.language); });
  };
  if (in_title > 0) note(TextField::title);
  if (std::any_of(card.alternative.begin(), card.alternative.end(),
                  [&](const auto& name) { return highlighter_.any(name.value, card.language); }))
    note(TextField::alternative);
  if (any(card[Field::keyword])) note(TextField::keyword);
  if (any(card[Field::publisher])) note(TextField::publisher);
  // A text match that is in none of these is in the description beyond the part kept here, or in another language.
  const bool by_text = !text_.wanted.empty() || !text_.required.empty();
  if (in_description > 0 || (by_text && hit.found_in.empty())) note(TextField::description);
}

std::vector<search::Copy> HitMaker::also_in(Row row) const {
  std::vector<search::Copy> copies;
  const auto& vocabulary = state_.column->vocabulary(Field::source);
  std::vector<Ordinal> named;
  const auto sources = state_.column->values(Field::source, row);
  named.assign(sources.begin(), sources.end());
  for (const auto other : state_.families->of(row)) {
    const auto its = state_.column->values(Field::source, other);
    if (its.empty() || std::find(named.begin(), named.end(), its.front()) != named.end()) continue;
    named.push_back(its.front());
    auto id = id_of(state_.column->facts(other).id);
    if (!id || copies.size() >= most_copies) continue;
    const auto& source = vocabulary.entries[its.front()];
    copies.push_back({std::move(*id), {source.value, source.label.empty() ? source.value : source.label}});
  }
  return copies;
}

}  // namespace moisson::index
