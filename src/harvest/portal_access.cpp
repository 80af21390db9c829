#include "harvest/portal_access.h"

#include "core/redaction.h"
#include "core/secret_file.h"
#include "core/url.h"
#include "store/store.h"
#include "store/writer.h"

#include <utility>
#include <vector>

namespace moisson::harvest {
namespace {

std::vector<std::string> values(const std::map<std::string, std::string>& secrets) {
  std::vector<std::string> all;
  for (const auto& [name, value] : secrets) all.push_back(value);
  return all;
}

class RedactingFetcher final : public net::Fetcher {
 public:
  RedactingFetcher(std::unique_ptr<net::Fetcher> fetcher, Redaction redaction)
      : fetcher_(std::move(fetcher)), redaction_(std::move(redaction)) {}

  Result<net::FetchAnswer> fetch(const net::FetchRequest& request, const net::BodySink& body) override {
    Redaction::Stream stream(redaction_);
    auto answer = fetcher_->fetch(request, [&](std::string_view piece, bool begin) {
      if (begin) stream = Redaction::Stream(redaction_);
      return body(stream.pass(piece), begin);
    });
    if (!answer) {
      Error told = answer.error();
      for (std::string* text : {&told.message, &told.where, &told.hint}) *text = redaction_.of(std::move(*text));
      return told;
    }
    if (const auto rest = stream.rest(); !rest.empty())
      if (auto given = body(rest, false); !given) return given.error();
    for (std::string* text :
         {&answer->final_url, &answer->content_type, &answer->validators.etag, &answer->validators.last_modified})
      *text = redaction_.of(std::move(*text));
    return answer;
  }

  std::vector<std::string> disallowed() const override {
    auto addresses = fetcher_->disallowed();
    for (auto& address : addresses) address = redaction_.of(std::move(address));
    return addresses;
  }

  std::vector<Moved> moved() const override {
    auto moves = fetcher_->moved();
    for (auto& [from, to] : moves) from = redaction_.of(std::move(from)), to = redaction_.of(std::move(to));
    return moves;
  }

 private:
  const std::unique_ptr<net::Fetcher> fetcher_;
  const Redaction redaction_;
};

}  // namespace

PortalAccess access_with(std::map<std::string, std::string> secrets, std::unique_ptr<net::Fetcher> fetcher) {
  Redaction redaction(values(secrets));
  if (!redaction.empty()) fetcher = std::make_unique<RedactingFetcher>(std::move(fetcher), std::move(redaction));
  return {std::move(secrets), std::move(fetcher)};
}

Result<std::map<std::string, std::string>> secrets_in_files(const HarvestSource& source, const Harvester& harvester) {
  std::map<std::string, std::string> secrets;
  if (source.origin != SourceOrigin::configuration) return secrets;
  for (const auto& option : harvester.options()) {
    const auto file = source.options.find(std::string(option.name) + "_file");
    if (!option.secret || file == source.options.end() || file->second.empty()) continue;
    auto secret = read_secret(file->second);
    if (!secret) return secret.error();
    secrets.emplace(option.name, std::move(*secret));
  }
  return secrets;
}

Result<std::map<std::string, std::string>> secrets_of(const HarvestSource& source, const Harvester& harvester,
                                                      store::Store& store) {
  auto secrets = secrets_in_files(source, harvester);
  if (secrets.has_error()) return secrets;
  // Whoever describes a source under the id of another gets none of its secrets.
  const auto registered = store.source(source.id);
  if (registered.has_value() && same_portal(registered->source.url, source.url)) {
    auto entered = store.writer().secrets(source.id);
    if (entered.has_error()) return entered;
    secrets->merge(*entered);
  }
  return secrets;
}

bool same_portal(const std::string& url, const std::string& other) {
  const auto one = parse_url(url), two = parse_url(other);
  return one && two && one->origin() == two->origin();
}

}  // namespace moisson::harvest
