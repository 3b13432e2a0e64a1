// Compile with: cc main.c -lcurl
#include <stdio.h>
#include <stdlib.h>
#include <curl/curl.h>

int main(void)
{
  CURL *curl = curl_easy_init();
  if(!curl)
    return EXIT_FAILURE;

  struct curl_slist *headers = NULL;
  headers = curl_slist_append(headers, "Content-Type: application/json");

  curl_easy_setopt(curl, CURLOPT_URL, "http://127.0.0.1:8000/gateway/tools/stripe/postcheckoutsessionssession");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);

  const char *body =
    "{\n"
    "  \"__proto__\": {\n"
    "    \"a\": 1\n"
    "  },\n"
    "  \"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\": \"'\\\"\\\\ `touch canary` $HOME $(touch canary) ${process.exit(3)} #{x} {{}} %s %d \\\\n !! ~ * ? [x] {a,b} <EOF> */ </script> <!-- --> %0a\",\n"
    "  \"2\": \"index\",\n"
    "  \"10\": null,\n"
    "  \"1\": true,\n"
    "  \"line\\r\\nend\": \"\342\200\250\342\200\251\\t\\u001b[31m\177\",\n"
    "  \"bidi\": \"a\342\200\256b\342\200\213c\302\240d\357\273\277\",\n"
    "  \"emoji\": \"🎉 ❤\357\270\217 é 漢字\",\n"
    "  \"delete\": [\n"
    "    [],\n"
    "    {},\n"
    "    \"\",\n"
    "    false\n"
    "  ],\n"
    "  \"constructor\": -1.5\n"
    "}";
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);

  CURLcode result = curl_easy_perform(curl);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if(result != CURLE_OK)
    fprintf(stderr, "%s\n", curl_easy_strerror(result));
  else
    printf("\n%ld\n", status);

  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return result == CURLE_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
