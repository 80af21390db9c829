#include "rdf/serd_reader.h"

#include "core/text.h"
#include "rdf/iri.h"
#include "rdf/statement_scanner.h"

#include <serd/serd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>

namespace moisson::rdf {
namespace {

constexpr std::size_t block_bytes = std::size_t{64} << 10;
constexpr std::size_t page_unit = 4096;
constexpr std::size_t max_broken_statements = 100;  // then it is the document, not its statements

std::string_view text_of(const SerdNode& node) { return {reinterpret_cast<const char*>(node.buf), node.n_bytes}; }
std::string_view text_of(const SerdChunk& chunk) { return {reinterpret_cast<const char*>(chunk.buf), chunk.len}; }

struct ReaderDeleter {
  void operator()(SerdReader* reader) const { serd_reader_free(reader); }
};
struct EnvDeleter {
  void operator()(SerdEnv* env) const { serd_env_free(env); }
};

class SerdDocument final : public Reader {
 public:
  SerdDocument(Syntax syntax, std::string_view base, TripleSink& sink, const ReadOptions& options);
  Result<void> feed(std::string_view bytes) override;
  Result<void> finish() override;
  std::uint64_t bytes_read() const override { return read_; }
  bool unfinished() const override { return error_ && given_; }

 private:
  static SerdStatus on_base(void* self, const SerdNode* iri);
  static SerdStatus on_prefix(void* self, const SerdNode* name, const SerdNode* iri);
  static SerdStatus on_statement(void* self, SerdStatementFlags, const SerdNode*, const SerdNode* subject,
                                 const SerdNode* predicate, const SerdNode* object, const SerdNode* datatype,
                                 const SerdNode* language);
  static SerdStatus on_error(void* self, const SerdError* error);
  static std::size_t on_read(void* out, std::size_t, std::size_t count, void* self);
  static int on_stream_error(void*) { return 0; }

  Result<void> parse(std::string_view block);
  Result<void> parse_statements(std::string_view block);
  std::size_t behind_error(std::string_view block) const;
  void advance(std::string_view block);
  Result<void> fail(Error error);
  // The IRI that a node means, in `out` where it has to be built.
  Result<std::string_view> expand(const SerdNode& node, std::string& out);
  Result<std::string_view> valid(std::string_view text, std::string& out) const;
  Result<std::string> resolved(const SerdNode& node) const;
  Result<TermView> term(const SerdNode& node, std::string& out);
  std::string place(std::uint64_t line, std::uint64_t column) const;
  std::string place_of_prefix(std::string_view prefix) const;

  TripleSink& sink_;
  bool strict_;
  std::unique_ptr<SerdEnv, EnvDeleter> env_;
  std::unique_ptr<SerdReader, ReaderDeleter> reader_;
  StatementScanner scanner_;
  std::string pending_;
  std::string base_;
  std::string subject_, predicate_, object_, datatype_;  // where terms are built
  std::string_view block_;
  std::string_view rest_;        // of block_, not yet taken by serd
  bool block_is_valid_ = false;  // UTF-8, and no character is escaped: so are all its texts
  std::uint64_t read_ = 0;       // bytes before block_
  std::uint64_t line_ = 0;       // line breaks before block_
  std::uint64_t column_ = 0;     // bytes of block_'s first line before block_
  bool ended_ = false;           // serd has got all of block_ and a line break
  std::size_t prefixes_ = 0;
  bool at_start_ = true;
  std::size_t broken_ = 0;         // statements left alone
  std::size_t again_ = 0;          // bytes that stood behind them in their blocks
  bool given_ = false;             // the statement being read has given triples
  std::optional<Error> reported_;  // serd's last word
  std::optional<Error> error_;     // why reading ended
};

SerdDocument::SerdDocument(Syntax syntax, std::string_view base, TripleSink& sink, const ReadOptions& options)
    : sink_(sink), strict_(options.strict), env_(serd_env_new(nullptr)), base_(base) {
  reader_.reset(serd_reader_new(syntax == Syntax::ntriples ? SERD_NTRIPLES : SERD_TURTLE, this, nullptr, on_base,
                                on_prefix, on_statement, nullptr));
  serd_reader_set_strict(reader_.get(), options.strict);
  serd_reader_set_error_sink(reader_.get(), on_error, this);
}

std::string SerdDocument::place(std::uint64_t line, std::uint64_t column) const {
  return std::to_string(line_ + line) + ":" + std::to_string(line == 1 ? column_ + column : column);
}

// serd tells no place for what its sinks refuse: the first use of the prefix in this block is the one refused, for
// an earlier one would have been refused before.
std::string SerdDocument::place_of_prefix(std::string_view prefix) const {
  const std::string word = std::string(prefix) + ":";
  for (auto at = block_.find(word); at != block_.npos; at = block_.find(word, at + 1)) {
    if (at > 0 && std::strchr(" \t\r\n;,.([^", block_[at - 1]) == nullptr) continue;
    const std::string_view before = block_.substr(0, at);
    const auto line = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
    const auto start = before.rfind('\n');
    return place(line + 1, at - (start == before.npos ? 0 : start + 1) + 1);
  }
  return place(1, 1);
}

// What stands before the line of the error was read.
Result<void> SerdDocument::fail(Error error) {
  error_ = std::move(error);
  const std::uint64_t line = std::strtoull(error_->where.c_str(), nullptr, 10);
  std::size_t at = 0;
  for (std::uint64_t i = line_ + 1; i < line && at < block_.size(); ++i)
    at = std::min(block_.find('\n', at), block_.size() - 1) + 1;
  read_ += at;
  return *error_;
}

SerdStatus SerdDocument::on_base(void* handle, const SerdNode* iri) {
  auto& self = *static_cast<SerdDocument*>(handle);
  auto resolved = self.resolved(*iri);
  if (!resolved) {
    self.error_ = resolved.error();
    return SERD_ERR_BAD_ARG;
  }
  self.base_ = std::move(*resolved);
  return SERD_SUCCESS;
}

SerdStatus SerdDocument::on_prefix(void* handle, const SerdNode* name, const SerdNode* iri) {
  auto& self = *static_cast<SerdDocument*>(handle);
  const auto resolved = self.resolved(*iri);
  if (!resolved) {
    self.error_ = resolved.error();
    return SERD_ERR_BAD_ARG;
  }
  if (!has_scheme(*resolved)) {
    self.error_ =
        Error{ErrorCode::invalid_input, "the prefix \"" + std::string(text_of(*name)) + "\" is no absolute IRI",
              self.place_of_prefix(text_of(*name)), ""};
    return SERD_ERR_BAD_ARG;
  }
  if (++self.prefixes_ > max_prefixes) {
    self.error_ =
        Error{ErrorCode::too_large, "more than 10,000 prefixes are declared", self.place_of_prefix(text_of(*name)), ""};
    return SERD_ERR_BAD_ARG;
  }
  return serd_env_set_prefix_from_strings(self.env_.get(), name->buf,
                                          reinterpret_cast<const std::uint8_t*>(resolved->c_str()));
}

Result<std::string_view> SerdDocument::expand(const SerdNode& node, std::string& out) {
  const std::string_view text = text_of(node);
  if (node.type == SERD_URI) {
    if (has_scheme(text)) return text;
    out = resolve_iri(base_, text);
    return std::string_view(out);
  }
  SerdChunk prefix{nullptr, 0};
  SerdChunk suffix{nullptr, 0};
  if (serd_env_expand(env_.get(), &node, &prefix, &suffix) != SERD_SUCCESS) {
    const std::string_view name = text.substr(0, text.find(':'));
    return Error{ErrorCode::invalid_input, "the prefix \"" + std::string(name) + ":\" is not defined",
                 place_of_prefix(name), "declare it with @prefix"};
  }
  out.assign(text_of(prefix)).append(text_of(suffix));
  return std::string_view(out);
}

// serd lets escaped surrogates pass, and without strictness bytes that are no UTF-8.
Result<std::string_view> SerdDocument::valid(std::string_view text, std::string& out) const {
  if (block_is_valid_ || is_utf8(text)) return text;
  if (strict_) return Error{ErrorCode::invalid_input, "a text is not UTF-8", place(1, 1), ""};
  out = clean_utf8(text);
  return std::string_view(out);
}

// Of a directive, which outlives its block.
Result<std::string> SerdDocument::resolved(const SerdNode& node) const {
  std::string cleaned;
  const auto text = valid(text_of(node), cleaned);
  if (!text) return text.error();
  return resolve_iri(base_, *text);
}

Result<TermView> SerdDocument::term(const SerdNode& node, std::string& out) {
  if (node.type == SERD_BLANK) return blank(text_of(node));
  if (node.type == SERD_LITERAL) {
    auto text = valid(text_of(node), out);
    if (!text) return text.error();
    return literal(*text);
  }
  auto text = expand(node, out);
  if (text) text = valid(*text, out);
  if (!text) return text.error();
  return iri(*text);
}

SerdStatus SerdDocument::on_statement(void* handle, SerdStatementFlags, const SerdNode*, const SerdNode* subject,
                                      const SerdNode* predicate, const SerdNode* object, const SerdNode* datatype,
                                      const SerdNode* language) {
  auto& self = *static_cast<SerdDocument*>(handle);
  const auto give = [&]() -> Result<void> {
    auto s = self.term(*subject, self.subject_);
    if (!s) return s.error();
    auto p = self.term(*predicate, self.predicate_);
    if (!p) return p.error();
    auto o = self.term(*object, self.object_);
    if (!o) return o.error();
    if (language != nullptr && language->buf != nullptr) {
      o->language = text_of(*language);
    } else if (datatype != nullptr && datatype->buf != nullptr) {
      auto iri = self.expand(*datatype, self.datatype_);
      if (iri) iri = self.valid(*iri, self.datatype_);
      if (!iri) return iri.error();
      o->datatype = *iri;
    }
    self.given_ = true;
    return self.sink_.triple(*s, *p, *o);
  };
  auto given = give();
  if (given) return SERD_SUCCESS;
  self.error_ = std::move(given.error());
  return SERD_ERR_INTERNAL;
}

SerdStatus SerdDocument::on_error(void* handle, const SerdError* error) {
  auto& self = *static_cast<SerdDocument*>(handle);
  char text[512];
  const int size = std::vsnprintf(text, sizeof text, error->fmt, *error->args);
  std::string_view message(text, size < 0 ? 0 : std::min<std::size_t>(static_cast<std::size_t>(size), sizeof text - 1));
  while (!message.empty() && (message.back() == '\n' || message.back() == '.')) message.remove_suffix(1);
  if (self.reported_) {  // the one before was survived
    self.repaired(self.reported_->where, std::move(self.reported_->message));
  }
  self.reported_ = Error{ErrorCode::invalid_input, std::string(message), self.place(error->line, error->col), ""};
  return SERD_SUCCESS;
}

std::size_t SerdDocument::on_read(void* out, std::size_t, std::size_t count, void* handle) {
  auto& self = *static_cast<SerdDocument*>(handle);
  const std::size_t size = std::min(count, self.rest_.size());
  std::memcpy(out, self.rest_.data(), size);
  self.rest_.remove_prefix(size);
  if (size == count || self.ended_) return size;
  // serd 0.30 reads beyond its page when the last byte of a stream ends a statement.
  static_cast<char*>(out)[size] = '\n';
  self.ended_ = true;
  return size + 1;
}

// One statement that breaks the syntax costs itself, unless the document is read strictly or consists of such.
Result<void> SerdDocument::parse(std::string_view block) {
  std::string_view lost;  // the end of the block, which serd must not see
  for (;;) {
    if (auto read = parse_statements(block); read) {
      if (lost.empty()) return read;
      ++broken_;
      sink_.broke(
          {ErrorCode::invalid_input, "a text or an IRI does not end behind a broken statement", place(1, 1), ""},
          false);
      advance(lost);
      return read;
    }
    if (strict_ || error_->code != ErrorCode::invalid_input || broken_ == max_broken_statements)
      return fail(std::move(*error_));
    const std::size_t next = behind_error(block);
    if (next == block.size() && read_ == 0 && broken_ == 0 && !given_) return fail(std::move(*error_));
    // A statement may fill its block, and the line of an error may stand far before what serd has read of it.
    again_ += block.size() - next;
    if (again_ > max_bytes_again)
      return fail({ErrorCode::too_large,
                   "more than " + std::to_string(max_bytes_again >> 20) + " MiB stand behind broken statements",
                   std::move(error_->where), "mend the statements that the report names"});
    ++broken_;
    sink_.broke(std::move(*error_), given_);
    error_.reset();
    advance(block.substr(0, next));
    block.remove_prefix(next);
    // What was a text to the scanner may be statements now, and the other way round.
    StatementScanner scanner;
    auto scanned = scanner.scan(block);
    if (scanned) scanned = scanner.finish();
    if (scanned) continue;
    const std::size_t ended = scanner.complete();
    lost = {block.data() + ended, block.size() - ended + lost.size()};
    block = block.substr(0, ended);
  }
}

// Where the next statement may begin: behind the first line, from that of the error on, that ends in a dot.
std::size_t SerdDocument::behind_error(std::string_view block) const {
  const std::uint64_t line = std::strtoull(error_->where.c_str(), nullptr, 10);
  std::size_t at = 0;
  for (std::uint64_t i = line_ + 1; i < line && at < block.size(); ++i)
    at = std::min(block.find('\n', at), block.size() - 1) + 1;
  while (at < block.size()) {
    const std::size_t end = std::min(block.find('\n', at), block.size() - 1) + 1;
    const bool dot = trim(block.substr(at, end - at)).ends_with('.');
    at = end;
    if (dot) break;
  }
  return at;
}

void SerdDocument::advance(std::string_view block) {
  read_ += block.size();
  column_ += block.size();
  for (auto line = block.find('\n'); line != block.npos; line = block.find('\n', line + 1)) {
    ++line_;
    column_ = block.size() - line - 1;
  }
}

// An error is left in error_, for parse() to decide on.
Result<void> SerdDocument::parse_statements(std::string_view block) {
  block_ = rest_ = block;
  block_is_valid_ = is_utf8(block) && block.find("\\u") == block.npos && block.find("\\U") == block.npos;
  ended_ = false;
  // One page: serd 0.30 loses its place where a directive crosses from one to the next.
  const std::size_t page = (block.size() / page_unit + 1) * page_unit;
  serd_reader_start_source_stream(reader_.get(), on_read, on_stream_error, this, nullptr, page);
  SerdStatus status = SERD_SUCCESS;
  while (status == SERD_SUCCESS) {  // failure: the end of the block
    given_ = false;
    status = serd_reader_read_chunk(reader_.get());
    if (status <= SERD_FAILURE && reported_) {
      repaired(reported_->where, std::move(reported_->message));
      reported_.reset();
    }
  }
  serd_reader_end_stream(reader_.get());
  if (!error_ && status > SERD_FAILURE) {
    error_ = reported_ ? std::move(*reported_)
                       : Error{ErrorCode::invalid_input, reinterpret_cast<const char*>(serd_strerror(status)),
                               place(1, 1), ""};
  }
  reported_.reset();
  if (error_) return *error_;
  advance(block);
  return {};
}

Result<void> SerdDocument::feed(std::string_view bytes) {
  if (error_) return *error_;
  pending_.append(bytes);
  if (at_start_) {
    if (pending_.size() < 3) return {};
    at_start_ = false;
    if (pending_.starts_with("\xEF\xBB\xBF")) pending_.replace(0, 3, "   ");  // a byte order mark is a blank here
    bytes = pending_;
  }
  Result<void> scanned;
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, block_bytes);
    bytes.remove_prefix(piece.size());
    scanned = scanner_.scan(piece);
    if (!scanned) break;
  }
  const std::size_t complete = scanner_.complete() - read_;
  const bool too_large = pending_.size() - complete > max_statement_bytes;
  if (complete >= block_bytes || ((!scanned || too_large) && complete > 0)) {
    if (auto parsed = parse(std::string_view(pending_).substr(0, complete)); !parsed) return parsed;
    pending_.erase(0, complete);
    block_ = {};
  }
  if (!scanned) return fail(scanned.error());
  if (too_large) {
    return fail({ErrorCode::too_large, "a statement passes the cap of 64 MiB", place(1, 1), ""});
  }
  return {};
}

Result<void> SerdDocument::finish() {
  if (error_) return *error_;
  Result<void> scanned;
  if (at_start_) {
    at_start_ = false;
    scanned = scanner_.scan(pending_);
  }
  if (scanned) scanned = scanner_.finish();
  const std::size_t complete = scanned ? pending_.size() : scanner_.complete() - read_;
  if (auto parsed = parse(std::string_view(pending_).substr(0, complete)); !parsed) return parsed;
  pending_.clear();
  block_ = {};
  if (!scanned) return fail(scanned.error());
  return {};
}

}  // namespace

std::unique_ptr<Reader> make_serd_reader(Syntax syntax, std::string_view base, TripleSink& sink,
                                         const ReadOptions& options) {
  return std::make_unique<SerdDocument>(syntax, base, sink, options);
}

}  // namespace moisson::rdf
