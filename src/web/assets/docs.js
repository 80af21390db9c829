// The API's documentation, interactive: Swagger UI inside a shadow root, so that its style sheet and ours do not meet.
const host = document.getElementById("swagger");
if (host && window.SwaggerUIBundle) {
  const root = host.attachShadow({ mode: "open" });
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = host.dataset.sheet;
  const place = document.createElement("div");
  root.append(sheet, place);
  SwaggerUIBundle({ url: host.dataset.description, domNode: place, deepLinking: false, validatorUrl: null });
}
