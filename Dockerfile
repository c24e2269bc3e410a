FROM python:3.12-slim
COPY . /src
RUN pip install --no-cache-dir '/src[web,office]' && rm -r /src && useradd --create-home ponte
USER ponte
VOLUME /memories
EXPOSE 8765
ENTRYPOINT ["tm", "serve"]
CMD ["-m", "/memories/memory.tm"]
