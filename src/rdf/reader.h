// Reader: bytes of one RDF document in, triples out, in one syntax. Memory: a block of the document, never the whole
// unless the document is one statement or JSON-LD. One reader a document, one thread.
#pragma once

#include <moisson/core/result.h>
#include <moisson/dcat/finding.h>

#include "rdf/remote_contexts.h"
#include "rdf/syntax.h"
#include "rdf/term.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace moisson::rdf {

struct ReadOptions {
  // True: whatever the specification forbids is an error. False: what has one clear meaning is repaired and remarked
  // (a blank in an IRI, a repeated rdf:ID), and a statement of Turtle that has none is left alone (TripleSink::broke),
  // because one slip must not cost a portal its page.
  bool strict = false;
  const RemoteContexts* contexts = nullptr;  // those that JSON-LD may name; null: the bundled ones
};

class Reader {
 public:
  virtual ~Reader() = default;

  // Bytes in order, in pieces of any size. invalid_input with line:column in `where` (bytes, from 1), or too_large,
  // or the sink's error; after an error the reader takes no more, and what the sink got stands.
  virtual Result<void> feed(std::string_view bytes) = 0;
  virtual Result<void> finish() = 0;

  // Bytes of the document whose triples reached the sink for sure; after an error: where it stopped.
  virtual std::uint64_t bytes_read() const = 0;

  // After an error: whether the sink has got triples of a description that was not finished, so that its last
  // subject is known in part only.
  virtual bool unfinished() const = 0;

  // What was repaired, at most 20; place is line:column.
  const std::vector<dcat::Finding>& repairs() const { return repairs_; }

 protected:
  void repaired(std::string place, std::string message, std::string_view cause = "rdf_repaired");

 private:
  std::vector<dcat::Finding> repairs_;
};

// `base` resolves relative IRIs; `sink` outlives the reader.
Result<std::unique_ptr<Reader>> make_reader(Syntax syntax, std::string_view base, TripleSink& sink,
                                            const ReadOptions& options = {});

// A whole document at once.
Result<void> read(std::string_view document, Syntax syntax, std::string_view base, TripleSink& sink,
                  const ReadOptions& options = {});

}  // namespace moisson::rdf
