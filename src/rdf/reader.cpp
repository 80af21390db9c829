#include "rdf/reader.h"

#include "rdf/json_ld_reader.h"
#include "rdf/rdf_xml_reader.h"
#include "rdf/serd_reader.h"

namespace moisson::rdf {

void Reader::repaired(std::string place, std::string message, std::string_view cause) {
  constexpr std::size_t max_repairs = 20;
  if (repairs_.size() >= max_repairs) return;
  repairs_.push_back({std::string(cause), std::move(place), std::move(message), "correct the document at its source"});
}

Result<std::unique_ptr<Reader>> make_reader(Syntax syntax, std::string_view base, TripleSink& sink,
                                            const ReadOptions& options) {
  switch (syntax) {
    case Syntax::turtle:
    case Syntax::ntriples:
      return make_serd_reader(syntax, base, sink, options);
    case Syntax::rdf_xml:
      return std::unique_ptr<Reader>(std::make_unique<RdfXmlReader>(base, sink, options));
    case Syntax::json_ld:
      return make_json_ld_reader(base, sink, options);
  }
  return Error{ErrorCode::internal, "no reader of this syntax", "", ""};
}

Result<void> read(std::string_view document, Syntax syntax, std::string_view base, TripleSink& sink,
                  const ReadOptions& options) {
  auto reader = make_reader(syntax, base, sink, options);
  if (!reader) return reader.error();
  if (auto fed = (*reader)->feed(document); !fed) return fed;
  return (*reader)->finish();
}

}  // namespace moisson::rdf
