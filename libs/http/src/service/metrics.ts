import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Prometheus metrics with closed label sets: no ids, agencies or addresses. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Counter<'method' | 'route' | 'status'>;
  readonly #duration: Histogram<'method' | 'route'>;
  readonly #inFlight: Gauge;

  constructor() {
    const registers = [this.registry];
    this.#requests = new Counter({
      name: 'civic_http_requests_total',
      help: 'Requests answered',
      labelNames: ['method', 'route', 'status'],
      registers,
    });
    this.#duration = new Histogram({
      name: 'civic_http_request_duration_seconds',
      help: 'Time from the first byte of a request to the end of its answer',
      labelNames: ['method', 'route'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
      registers,
    });
    this.#inFlight = new Gauge({
      name: 'civic_http_requests_in_flight',
      help: 'Requests being answered',
      registers,
    });
  }

  /** Also tells of processor time, memory and delays of the process: it watches them until the process ends. */
  watchProcess(): void {
    const { user, system } = process.cpuUsage();
    collectDefaultMetrics({ register: this.registry, prefix: 'civic_' });
    // They count from now on; a process counts from its start.
    const spent = { '': user + system, user_: user, system_: system };
    for (const [of, microseconds] of Object.entries(spent)) {
      const counter = this.registry.getSingleMetric(`civic_process_cpu_${of}seconds_total`) as Counter;
      counter.inc(microseconds / 1e6);
    }
  }

  began(): void {
    this.#inFlight.inc();
  }

  ended(method: string, route: string, status: number, seconds: number): void {
    this.#inFlight.dec();
    this.#requests.inc({ method, route, status: String(status) });
    this.#duration.observe({ method, route }, seconds);
  }

  /** A figure that is asked for when somebody scrapes. */
  gauge(name: `civic_${string}`, help: string, read: () => number | undefined): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        const value = read();
        if (value !== undefined) this.set(value);
      },
    });
  }
}
