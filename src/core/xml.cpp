#include "core/xml.h"

#include "core/text.h"

#include <fmt/core.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <deque>
#include <mutex>
#include <optional>

namespace moisson::xml {
namespace {

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
}

xmlParserInputPtr no_external_entity(const char*, const char*, xmlParserCtxtPtr) { return nullptr; }

// Process-wide, once: whatever a document asks for, nothing is read from disk or network.
void prepare_library() {
  static std::once_flag once;
  std::call_once(once, [] {
    xmlInitParser();
    xmlSetExternalEntityLoader(no_external_entity);
  });
}

}  // namespace

struct Parser::Body {
  Handler& handler;
  Limits limits;
  xmlParserCtxtPtr context = nullptr;
  std::optional<Error> failure;
  std::size_t depth = 0;
  std::size_t text_bytes = 0;
  std::deque<std::string> unescaped_values;  // of the open tag's attributes that needed it
  std::size_t entity_bytes = 0;
  std::vector<Attribute> attributes;
  std::vector<NamespaceDeclaration> declarations;

  Body(Handler& h, Limits l) : handler(h), limits(l) {}

  static Body& of(void* user) { return *static_cast<Body*>(static_cast<xmlParserCtxtPtr>(user)->_private); }

  std::string place() const {
    return fmt::format("{}:{}", xmlSAX2GetLineNumber(context), xmlSAX2GetColumnNumber(context));
  }

  void stop(Error error) {
    if (failure) return;
    failure = std::move(error);
    xmlStopParser(context);
  }
  void stop_too_large(std::string message) { stop({ErrorCode::too_large, std::move(message), place(), ""}); }
  void keep(const Result<void>& result) {
    if (!result) stop(result.error());
  }

  // Where entities are not substituted, libxml2 leaves each '&' of an attribute as "&#38;" for a second reading
  // (xmlStringGetNodeList) that a SAX client never does: without this, every address with a query would be wrong.
  std::string_view unescaped(std::string_view value) {
    constexpr std::string_view ampersand = "&#38;";
    auto found = value.find(ampersand);
    if (found == value.npos) return value;
    std::string& out = unescaped_values.emplace_back();
    std::size_t from = 0;
    for (; found != value.npos; found = value.find(ampersand, from)) {
      out.append(value.substr(from, found - from)).append("&");
      from = found + ampersand.size();
    }
    out.append(value.substr(from));
    return out;
  }

  static void on_start(void* user, const xmlChar* local, const xmlChar* prefix, const xmlChar* uri, int namespace_count,
                       const xmlChar** namespaces, int attribute_count, int, const xmlChar** attribute_data) {
    Body& body = of(user);
    if (body.failure) return;
    body.text_bytes = 0;
    if (++body.depth > body.limits.depth)
      return body.stop_too_large(fmt::format("XML is nested deeper than {} elements", body.limits.depth));
    body.declarations.clear();
    for (int i = 0; i < namespace_count; ++i)
      body.declarations.push_back({view(namespaces[2 * i]), view(namespaces[2 * i + 1])});
    body.attributes.clear();
    body.unescaped_values.clear();
    for (int i = 0; i < attribute_count; ++i) {
      const xmlChar** attribute = attribute_data + 5 * i;  // local name, prefix, namespace, value, value's end
      const auto size = static_cast<std::size_t>(attribute[4] - attribute[3]);
      if (size > body.limits.text_bytes)
        return body.stop_too_large(fmt::format("an XML attribute is longer than {} bytes", body.limits.text_bytes));
      body.attributes.push_back({{view(attribute[1]), view(attribute[0]), view(attribute[2])},
                                 body.unescaped({reinterpret_cast<const char*>(attribute[3]), size})});
    }
    body.keep(body.handler.start_element({view(prefix), view(local), view(uri)}, body.attributes, body.declarations));
  }

  static void on_end(void* user, const xmlChar* local, const xmlChar* prefix, const xmlChar* uri) {
    Body& body = of(user);
    if (body.failure) return;
    body.text_bytes = 0;
    --body.depth;
    body.keep(body.handler.end_element({view(prefix), view(local), view(uri)}));
  }

  static void on_characters(void* user, const xmlChar* text, int size) {
    Body& body = of(user);
    if (body.failure || size <= 0) return;
    body.text_bytes += static_cast<std::size_t>(size);
    if (body.text_bytes > body.limits.text_bytes)
      return body.stop_too_large(fmt::format("an XML text is longer than {} bytes", body.limits.text_bytes));
    body.keep(body.handler.characters({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)}));
  }

  // Inside CDATA libxml2 lets overlong forms pass as UTF-8.
  static void on_cdata(void* user, const xmlChar* text, int size) {
    if (size <= 0) return;
    const std::string_view bytes(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
    if (is_utf8(bytes)) return on_characters(user, text, size);
    const std::string mended = clean_utf8(bytes);
    on_characters(user, reinterpret_cast<const xmlChar*>(mended.data()), static_cast<int>(mended.size()));
  }

  static void on_comment(void* user, const xmlChar* text) {
    Body& body = of(user);
    if (!body.failure) body.keep(body.handler.comment(view(text)));
  }

  static void on_instruction(void* user, const xmlChar* target, const xmlChar* data) {
    Body& body = of(user);
    if (!body.failure) body.keep(body.handler.processing_instruction(view(target), view(data)));
  }

  static void on_entity_declaration(void* user, const xmlChar* name, int type, const xmlChar* public_id,
                                    const xmlChar* system_id, xmlChar* content) {
    Body& body = of(user);
    if (body.failure) return;
    if (type == XML_INTERNAL_GENERAL_ENTITY) return xmlSAX2EntityDecl(user, name, type, public_id, system_id, content);
    body.stop({ErrorCode::refused, "XML declares an external or parameter entity", body.place(),
               "write the text where it is used"});
  }

  // OWL-style shorthands (&xsd;) are welcome; what they grow to is counted.
  static xmlEntityPtr on_entity(void* user, const xmlChar* name) {
    Body& body = of(user);
    if (body.failure) return nullptr;
    const xmlEntityPtr entity = xmlSAX2GetEntity(user, name);
    if (entity == nullptr || entity->etype == XML_INTERNAL_PREDEFINED_ENTITY) return entity;
    body.entity_bytes += static_cast<std::size_t>(std::max(entity->length, 1));
    if (body.entity_bytes > body.limits.entity_bytes) {
      body.stop_too_large(fmt::format("XML entities grow to more than {} bytes", body.limits.entity_bytes));
      return nullptr;
    }
    return entity;
  }

  // Kept by the context; without this, libxml2 prints to standard error.
  static void on_error(void*, xmlErrorPtr) {}

  xmlSAXHandler callbacks() const {
    xmlSAXHandler sax{};
    xmlSAXVersion(&sax, 2);
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = on_characters;
    sax.ignorableWhitespace = on_characters;
    sax.cdataBlock = on_cdata;
    sax.comment = on_comment;
    sax.processingInstruction = on_instruction;
    sax.reference = nullptr;  // expanded entities arrive as characters; this would double them
    sax.entityDecl = on_entity_declaration;
    sax.getEntity = on_entity;
    sax.getParameterEntity = nullptr;
    sax.externalSubset = nullptr;
    sax.resolveEntity = nullptr;
    sax.warning = nullptr;
    sax.error = nullptr;
    sax.fatalError = nullptr;
    sax.serror = on_error;
    return sax;
  }

  Result<void> outcome(int code) const {
    if (failure) return *failure;
    // A namespace error leaves the document readable (XML Namespaces §7); everything else that libxml2 calls an error
    // ends it.
    if (code == XML_ERR_OK || (context->wellFormed && !context->disableSAX)) return {};
    if (code == XML_ERR_ENTITY_LOOP)
      return Error{ErrorCode::too_large, "XML entities grow out of bounds or contain themselves", place(), ""};
    const xmlError* error = xmlCtxtGetLastError(context);
    std::string message = "XML: ";
    message += error != nullptr && error->message != nullptr ? error->message : "not well-formed";
    while (message.ends_with('\n') || message.ends_with(' ')) message.pop_back();
    Error failed{ErrorCode::invalid_input, std::move(message), place(), ""};
    if (error != nullptr) failed.where = fmt::format("{}:{}", error->line, error->int2);
    if (code == XML_ERR_INVALID_CHAR || code == XML_ERR_INVALID_ENCODING || code == XML_I18N_CONV_FAILED)
      failed.hint = "the bytes are not in the encoding that the document declares";
    return failed;
  }
};

Parser::Parser(Handler& handler, Limits limits) : body_(std::make_unique<Body>(handler, limits)) {
  prepare_library();
  xmlSAXHandler sax = body_->callbacks();
  body_->context = xmlCreatePushParserCtxt(&sax, nullptr, nullptr, 0, nullptr);
  if (body_->context == nullptr) throw std::bad_alloc();
  body_->context->_private = body_.get();
  xmlCtxtUseOptions(body_->context, XML_PARSE_NONET);
  // Shorthands in attributes are expanded only so. XML_PARSE_NOENT would also load external entities; here their
  // declaration ends the parse (on_entity_declaration), and the loader gives nothing.
  body_->context->replaceEntities = 1;
}

Parser::~Parser() {
  if (body_->context->myDoc != nullptr) xmlFreeDoc(body_->context->myDoc);
  xmlFreeParserCtxt(body_->context);
}

Result<void> Parser::feed(std::string_view bytes) {
  // libxml2 counts in int; and small pieces keep its own buffer small.
  constexpr std::size_t piece_bytes = std::size_t{1} << 16;
  while (!bytes.empty()) {
    const auto piece = bytes.substr(0, piece_bytes);
    bytes.remove_prefix(piece.size());
    const int code = xmlParseChunk(body_->context, piece.data(), static_cast<int>(piece.size()), 0);
    if (auto read = body_->outcome(code); !read) return read;
  }
  return {};
}

Result<void> Parser::finish() { return body_->outcome(xmlParseChunk(body_->context, nullptr, 0, 1)); }

std::size_t Parser::line() const { return static_cast<std::size_t>(std::max(0, xmlSAX2GetLineNumber(body_->context))); }

std::size_t Parser::column() const {
  return static_cast<std::size_t>(std::max(0, xmlSAX2GetColumnNumber(body_->context)));
}

std::string escape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\t':
      case '\n':
      case '\r':
        out += c;
        break;
      case '\xEF':  // U+FFFE and U+FFFF are no characters
        if (const auto third = text.substr(at, 3); third == "\xEF\xBF\xBE" || third == "\xEF\xBF\xBF")
          at += 2;
        else
          out += c;
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
  }
  return out;
}

}  // namespace moisson::xml
