// Compile with: cc main.c -lcurl
// Reads photo.png from the folder it is run in.
#include <stdio.h>
#include <stdlib.h>
#include <curl/curl.h>

int main(void)
{
  CURL *curl = curl_easy_init();
  if(!curl)
    return EXIT_FAILURE;

  curl_easy_setopt(curl, CURLOPT_URL, "https://api.stripe.com/v1/things");

  curl_mime *form = curl_mime_init(curl);
  curl_mimepart *part = curl_mime_addpart(form);
  curl_mime_name(part, "title");
  curl_mime_data(part, "Zoë", CURL_ZERO_TERMINATED);
  part = curl_mime_addpart(form);
  curl_mime_name(part, "photo");
  curl_mime_filedata(part, "photo.png");
  curl_mime_type(part, "image/png");
  curl_easy_setopt(curl, CURLOPT_MIMEPOST, form);

  CURLcode result = curl_easy_perform(curl);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if(result != CURLE_OK)
    fprintf(stderr, "%s\n", curl_easy_strerror(result));
  else
    printf("\n%ld\n", status);

  curl_mime_free(form);
  curl_easy_cleanup(curl);
  return result == CURLE_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
