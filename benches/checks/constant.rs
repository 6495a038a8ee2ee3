//! A server that returns a constant, without any middleware.

use actix_web::{App, HttpResponse, HttpServer, rt::System, web};

/// Serves on a free port, which it prints, until it is killed.
pub fn serve() {
    System::new().block_on(async {
        let answer = || async { HttpResponse::Ok().content_type("text/plain").body("live\n") };
        let server = HttpServer::new(move || App::new().route("/", web::get().to(answer))).workers(1);
        let server = server.bind("127.0.0.1:0").unwrap();
        println!("{}", server.addrs()[0]);
        server.run().await.unwrap();
    });
}
