// Page: one request for one page, with what every page shares: the reader's language, the frame, links inside the site
// and the headers. Lives for one request on one worker.
#pragma once

#include "web/context.h"
#include "web/model.h"
#include "web/renderer.h"

#include <moisson/core/time.h>
#include <moisson/http/message.h>
#include <moisson/search/query.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace moisson::web {

// The menu entry that a page stands under.
enum class Section : std::uint8_t { none, catalogue, sources, stats, api, help };

// Whose parts a page holds beside ours: its content security policy lets them in.
enum class Guest : std::uint8_t { none, swagger_ui };

// What a page tells of itself in its head.
struct Head {
  std::string title;
  std::string summary;    // description for search engines and shares; may be empty
  std::string canonical;  // absolute address; empty: the page is not to be indexed
  Section section = Section::none;
  bool section_is_page = false;  // the menu entry is this very page
  Guest guest = Guest::none;
};

class Page {
 public:
  Page(const Context& context, const Renderer& renderer, const http::Request& request);

  const Context& context() const { return context_; }
  const http::Request& request() const { return request_; }
  const Words& words() const { return words_; }
  Instant now() const { return now_; }
  std::string language() const { return std::string(words_.language()); }

  // An address of ours as a page links to it: without the origin, so that the site works under any name it is reached
  // by, and with the language if the reader asked for it by address.
  std::string local(std::string_view url) const;
  std::string to_search(const search::Query& query) const { return local(context_.links.search(query)); }
  // The same for what has no language: data, assets.
  std::string plain(std::string_view url) const;
  // This page's address in another language.
  std::string here_in(std::string_view language) const;

  // The answer: the template in its frame. Headers: CSP, language, and `etag` if not empty.
  http::Response render(std::string_view name, Model& model, const Head& head, std::string_view etag = {},
                        int status = 200) const;

  // An entity tag over the parts, the language, the build and the day (relative dates).
  std::string etag(std::initializer_list<std::string_view> parts) const;

  // A page that says what went wrong, in words for people; `error` names the parameter or cause, if there is one.
  http::Response failed(int status, const Error* error = nullptr) const;
  http::Response failed(const Error& error) const;

 private:
  void frame(Model& model, const Head& head) const;

  const Context& context_;
  const Renderer& renderer_;
  const http::Request& request_;
  const Words& words_;
  Instant now_;
  bool language_asked_;  // by ?lang=
};

// The value of a lang attribute: nothing if the text is in the page's language, or in one that is not known.
std::string foreign_language(const Page& page, std::string_view language);

}  // namespace moisson::web
