// Renderer: the templates inside the program, one set a language, behind ctemplate's door. Every value is escaped for
// the place where it stands (ctemplate's AUTOESCAPE). Before a template is compiled, [[key]] becomes the language's
// string and
// [[>name]] the text of name.part, so that a page costs no look-up of words and no include. Immutable; thread-safe.
#pragma once

#include "web/model.h"
#include "web/words.h"

#include <moisson/core/result.h>

#include <memory>
#include <string>
#include <string_view>

namespace moisson::web {

class Renderer {
 public:
  // invalid_input, with the template or row in `where`: a template that does not compile, escapes nothing or prints
  // something but *_HTML raw; an unknown string or part; an unreadable table of strings.
  static Result<Renderer> load();
  Renderer(Renderer&&) noexcept;
  ~Renderer();

  const WordTable& table() const;

  // The page `name` ("home.html") in the language of `words`, which is one of table()'s. internal: no such template.
  Result<std::string> render(std::string_view name, const Words& words, const Model& model) const;

 private:
  Renderer();
  struct Body;
  std::unique_ptr<Body> body_;
};

// The template `name` with its strings and parts put in: what is compiled. Pure; for tests.
Result<std::string> composed(std::string_view name, const Words& words);

}  // namespace moisson::web
