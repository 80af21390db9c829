#include "site.h"

#include "core/json.h"
#include "core/url.h"
#include "dcat/canonical_json.h"
#include "store/writer.h"
#include "web/style.h"

#include <gtest/gtest.h>

#include <unistd.h>

namespace moisson::web::test {
namespace {

using namespace std::chrono_literals;

std::filesystem::path own_directory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "moisson-web-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
  return pattern;
}

http::Parameters parameters(std::string_view query) {
  http::Parameters out;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    out.emplace_back(percent_decode(pair.substr(0, equals), true),
                     percent_decode(pair.substr(std::min(equals + 1, pair.size())), true));
  }
  return out;
}

}  // namespace

Site::Site(std::string base) : directory_(own_directory()) {
  setenv("TZ", "UTC", 1);
  tzset();
  clock.instant = parse_moment("2026-01-16T09:14:00Z")->instant;
  store_ = std::move(store::Store::open({.path = directory_ / "store.sqlite"}, clock)).value();
  index_ = std::move(index::Writer::open(directory_ / "index", store_->epoch())).value();
  desk_ =
      std::make_unique<auth::Desk>(store_->people(), store_->audit(), attempts_, nullptr, clock, auth::DeskOptions{});
  Context context{*store_, slot_, links::Links(std::move(base)), control_, clock, "Moisson", "fr", "1.0.0-test"};
  context.desk = desk_.get();
  context.outbox = &store_->outbox();
  context.mails = true;
  router_ = std::make_unique<http::Router>(routes(context).value());
  router_->set_gate([this](const http::Route& route, http::Request& request) -> std::optional<http::Response> {
    if (http::asks_who(route)) request.identity = identity;
    return std::nullopt;
  });
  router_->set_fallback(
      [context](const http::Request& request, int status) { return error_page(context, request, status); });
}

Site::~Site() {
  index_.reset();
  store_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

std::int64_t Site::harvest(const harvest::HarvestSource& source, std::vector<harvest::HarvestedRecord> records,
                           std::vector<harvest::JobRecord> left_out, harvest::JobOutcome outcome,
                           const std::vector<dcat::PropertyTally>& told) {
  auto& writer = store_->writer();
  EXPECT_TRUE(writer.put_source(source));
  auto run = writer.begin(source.id, true);
  EXPECT_TRUE(run) << to_string(run.error());
  const store::Mapping mapping(source, 1);
  store::Batch batch;
  for (auto& record : records) batch.drafts.push_back(store::make_draft(std::move(record), mapping).value());
  batch.left_out = std::move(left_out);
  batch.pages = 1;
  const bool complete = outcome == harvest::JobOutcome::succeeded || outcome == harvest::JobOutcome::held;
  EXPECT_TRUE(run->apply(batch));
  EXPECT_TRUE(run->settle_moves(complete));
  if (outcome == harvest::JobOutcome::held) {
    EXPECT_TRUE(run->hold(true));
  }
  if (!told.empty()) {
    EXPECT_TRUE(run->tell_mapping(told));
  }
  clock.instant += 112s;
  EXPECT_TRUE(run->end(outcome, std::nullopt, std::nullopt));
  index();
  return run->job().id;
}

void Site::index() {
  const auto page = store_->changes(index_->identity().seq, 5000, true).value();
  std::vector<index::Entry> upserts;
  std::vector<std::uint64_t> removed;
  for (const auto& change : page.changes) {
    if (change.removed || !change.record) {
      removed.push_back(change.row);
      continue;
    }
    const auto& stored = *change.record;
    const auto status = store_->source(stored.source_id).value();
    upserts.push_back({.row = stored.row,
                       .id = stored.id,
                       .family_row = stored.family_row,
                       .source_id = stored.source_id,
                       .source_title = status.source.title,
                       .source_language = status.source.language,
                       .remote_id = stored.remote_id,
                       .record = dcat::from_json(stored.json).value(),
                       .first_seen = stored.first_seen,
                       .last_changed = stored.last_changed,
                       .popularity = stored.popularity});
  }
  EXPECT_TRUE(index_->apply(upserts, removed, page.last_seq));
  slot_.put(std::move(index_->snapshot()).value());
}

Answer Site::get(std::string_view target, std::string_view language, std::string_view accept) {
  http::Request request;
  request.method = "GET";
  request.target = target;
  const std::size_t mark = std::min(target.find('?'), target.size());
  request.path = percent_decode(target.substr(0, mark));
  request.query = parameters(target.substr(std::min(mark + 1, target.size())));
  request.headers.set("Accept", std::string(accept));
  request.headers.set("Accept-Language", std::string(language));
  http::Response response = router_->handle(request);
  return {response.status, std::get<std::string>(response.body), response.headers};
}

Answer Site::post(std::string_view path, std::string body) {
  http::Request request;
  request.method = "POST";
  request.target = request.path = path;
  request.headers.set("Accept-Language", "fr");
  request.headers.set("Content-Type", "application/x-www-form-urlencoded");
  request.body = std::move(body);
  http::Response response = router_->handle(request);
  return {response.status, std::get<std::string>(response.body), response.headers};
}

std::string without_our_style(std::string body) {
  const std::string ours = "<style>" + Style({}).sheet() + "</style>";
  const std::size_t at = body.find(ours);
  EXPECT_NE(at, body.npos);
  return at == body.npos ? body : body.erase(at, ours.size());
}

http::Identity operator_of(std::vector<std::string> sources) {
  http::Identity caller;
  caller.by = http::Identity::By::session;
  caller.account = "one";
  caller.name = "one@portail.example";
  caller.role = http::Role::operator_;
  caller.sources = std::move(sources);
  caller.form_key = "the-form-key";
  return caller;
}

http::Identity administrator() {
  http::Identity caller = operator_of({});
  caller.role = http::Role::administrator;
  return caller;
}

harvest::HarvestSource source(std::string id, std::string title) {
  harvest::HarvestSource made;
  made.id = std::move(id);
  made.title = std::move(title);
  made.kind = "ckan";
  made.url = "https://portail.example.org/";
  made.language = "fr";
  made.territory = "fr:region:44";
  return made;
}

harvest::HarvestedRecord record(std::string remote_id, dcat::Dataset dataset) {
  harvest::HarvestedRecord made;
  json::Writer raw;
  raw.begin_object().field("id", remote_id).end_object();
  made.raw = {.media_type = "application/json",
              .bytes = raw.take(),
              .page_url = "https://portail.example.org/",
              .pointer = "/0"};
  made.remote_url = "https://portail.example.org/dataset/" + percent_encode(remote_id);
  made.remote_id = std::move(remote_id);
  made.record = std::move(dataset);
  dcat::canonicalise(made.record);
  return made;
}

dcat::Dataset dataset(std::string title, std::string description, std::string publisher) {
  dcat::Dataset made;
  made.title = {{std::move(title), "fr"}};
  made.description = {{std::move(description), "fr"}};
  dcat::Agent agent;
  agent.name = {{std::move(publisher), "fr"}};
  made.publisher = {std::move(agent)};
  return made;
}

}  // namespace moisson::web::test
