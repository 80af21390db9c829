#include "plain_bm25.h"

#include "core/text.h"
#include "index/plain_text.h"

#include <map>

namespace moisson::bench {

PlainBm25::PlainBm25(const std::filesystem::path& directory, const std::vector<index::Entry>& entries)
    : entries_(entries), language_(entries.empty() ? "fr" : entries.front().source_language) {
  if (!std::filesystem::exists(directory / "iamglass") ||
      Xapian::Database(directory.string()).get_doccount() != entries.size())
    make(directory);
  database_ = Xapian::Database(directory.string());
}

void PlainBm25::make(const std::filesystem::path& directory) {
  Xapian::WritableDatabase database(directory.string(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC);
  for (const auto& entry : entries_) {
    Xapian::Document document;
    std::map<std::string, unsigned> counts;
    const auto& resource = dcat::resource(entry.record);
    const auto add = [&](std::string_view text, std::string_view language) {
      for (const auto& word : words(text))
        ++counts[stemmer_.stem(language.empty() ? entry.source_language : std::string(language), word.folded)];
    };
    for (const auto& text : resource.title) add(text.value, text.language);
    for (const auto& text : resource.description) add(index::plain_text(text.value, 131'072), text.language);
    for (const auto& text : resource.keyword) add(text.value, text.language);
    for (const auto& [stem, count] : counts) document.add_term(stem.substr(0, 200), count);
    database.add_document(document);
  }
  database.commit();
}

Answer PlainBm25::operator()(const std::string& text) {
  std::vector<std::string> terms;
  for (const auto& word : words(text)) terms.push_back(stemmer_.stem(language_, word.folded));
  Xapian::Enquire enquire(database_);
  enquire.set_query({Xapian::Query::OP_OR, terms.begin(), terms.end()});
  enquire.set_weighting_scheme(Xapian::BM25Weight(1.0, 0, 1, 0.5, 0.5));
  const auto found = enquire.get_mset(0, depth);
  Answer answer;
  for (auto at = found.begin(); at != found.end(); ++at) answer.push_back(entries_[*at - 1].remote_id);
  return answer;
}

}  // namespace moisson::bench
