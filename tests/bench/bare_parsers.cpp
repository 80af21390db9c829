#include "bare_parsers.h"

#ifdef __SSE2__
#define RAPIDJSON_SSE2
#endif
#include <libxml/parser.h>
#include <rapidjson/reader.h>
#include <serd/serd.h>

#include <algorithm>
#include <memory>

namespace moisson::bench {
namespace {

struct JsonCounter : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, JsonCounter> {
  std::uint64_t events = 0;
  bool Default() { return ++events, true; }
};

void on_start(void* events, const xmlChar*, const xmlChar*, const xmlChar*, int, const xmlChar**, int, int,
              const xmlChar**) {
  ++*static_cast<std::uint64_t*>(events);
}
void on_end(void* events, const xmlChar*, const xmlChar*, const xmlChar*) { ++*static_cast<std::uint64_t*>(events); }
void on_text(void* events, const xmlChar*, int) { ++*static_cast<std::uint64_t*>(events); }

SerdStatus on_statement(void* events, SerdStatementFlags, const SerdNode*, const SerdNode*, const SerdNode*,
                        const SerdNode*, const SerdNode*, const SerdNode*) {
  ++*static_cast<std::uint64_t*>(events);
  return SERD_SUCCESS;
}

}  // namespace

std::uint64_t bare_json(std::string text) {
  text.reserve(text.size() + 16);  // the parser reads strings in blocks and may look past the end
  rapidjson::InsituStringStream stream(text.data());
  rapidjson::Reader reader;
  JsonCounter counter;
  constexpr unsigned flags = rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag;
  return reader.Parse<flags>(stream, counter).IsError() ? 0 : counter.events;
}

std::uint64_t bare_xml(const std::string& document) {
  constexpr std::size_t piece = std::size_t{1} << 16;
  std::uint64_t events = 0;
  xmlSAXHandler sax{};
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = on_start;
  sax.endElementNs = on_end;
  sax.characters = on_text;
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> context(
      xmlCreatePushParserCtxt(&sax, &events, nullptr, 0, nullptr), xmlFreeParserCtxt);
  for (std::size_t at = 0; at < document.size(); at += piece)
    xmlParseChunk(context.get(), document.data() + at, static_cast<int>(std::min(piece, document.size() - at)), 0);
  xmlParseChunk(context.get(), nullptr, 0, 1);
  return context->wellFormed ? events : 0;
}

std::uint64_t bare_turtle(const std::string& document) {
  std::uint64_t events = 0;
  SerdReader* reader = serd_reader_new(SERD_TURTLE, &events, nullptr, nullptr, nullptr, on_statement, nullptr);
  const SerdStatus status = serd_reader_read_string(reader, reinterpret_cast<const std::uint8_t*>(document.c_str()));
  serd_reader_free(reader);
  return status == SERD_SUCCESS ? events : 0;
}

}  // namespace moisson::bench
